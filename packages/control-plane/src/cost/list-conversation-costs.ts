import { api } from '@clawster/contract/api';
import { ConversationCost } from '@clawster/contract/cost';
import { sql } from 'kysely';
import { query } from '../query.ts';
import { daysAsked } from './days.ts';
import { all, botFilters, within } from './spent.ts';

const daysMax = 31;

/** The conversations that cost most in some days. */
export const listConversationCosts = query(
  api.costs.conversations,
  async ({ tx, caller }, { from, to, botId, limit }) => {
    const days = await daysAsked(tx, { from, to }, daysMax);
    const { rows } = await sql<Record<string, unknown>>`
    with dearest as (
      select bot_id, session, sum(count)::float8 as calls, sum(tokens)::float8 as tokens, sum(unpriced)::float8 as unpriced,
        sum(cost_usd) as usd
      from conversation_day
      where workspace_id = ${caller.workspaceId}::uuid and ${within(days)} and ${all(botFilters({ botId }))}
      group by 1, 2 order by usd desc, tokens desc, session limit ${limit})
    select dearest.bot_id as "botId", bot.name as "botName", dearest.session, coalesce(channel, '') as channel, calls, tokens,
      unpriced, usd::float8 as usd, last_at as "lastAt", person, person_name as "personName"
    from dearest left join conversation using (bot_id, session) left join bot on bot.id = dearest.bot_id
    order by dearest.usd desc, tokens desc, dearest.session`.execute(tx);
    return { from: days.from, to: days.to, items: rows.map(toConversationCost) };
  },
);

function toConversationCost({
  botName,
  lastAt,
  person,
  personName,
  ...row
}: Record<string, unknown>): ConversationCost {
  return ConversationCost.parse({
    ...row,
    botName: botName ?? undefined,
    lastAt: lastAt instanceof Date ? lastAt.toISOString() : undefined,
    ...(person ? { person: { id: person, name: personName ?? undefined } } : {}),
  });
}
