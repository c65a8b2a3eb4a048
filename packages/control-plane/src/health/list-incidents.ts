import { api } from '@clawster/contract/api';
import type { ListIncidents } from '@clawster/contract/health';
import { sql } from 'kysely';
import { isReached } from '../access/is-reached.ts';
import { getBot } from '../bot/bot.queries.ts';
import type { SignedIn } from '../caller.ts';
import { paged } from '../paged.ts';
import { query } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { selectIncidents, toIncident } from './health.queries.ts';

/** Incidents of all bots, the latest first. */
export const listIncidents = query(api.incidents.list, ({ tx, caller }, input) => read(tx, caller, input));

/** Incidents of one bot, the latest first. */
export const listBotIncidents = query(api.incidents.ofBot, async ({ tx, caller }, input) => {
  await getBot(tx, input.botId);
  return read(tx, caller, input);
});

type Asked = Pick<ListIncidents, 'cursor' | 'limit'> & Partial<ListIncidents> & { botId?: string };

function read(tx: Tx, caller: SignedIn, { cursor, limit, ...filter }: Asked) {
  const asked = isAsked(caller, filter);
  return paged({ cursor, limit }, async (page) => {
    const rows = await selectIncidents(tx)
      .where(asked)
      .orderBy('incident.beganAt', 'desc')
      .orderBy('incident.id')
      .offset(page.offset)
      .limit(page.limit)
      .execute();
    const { total } = await tx
      .selectFrom('incident')
      .innerJoin('bot', 'bot.id', 'incident.botId')
      .where(asked)
      .select(sql<number>`count(*)::int`.as('total'))
      .executeTakeFirstOrThrow();
    return { items: rows.map(toIncident), total };
  });
}

function isAsked(
  { workspaceId, reach }: SignedIn,
  { from, to, state, signal, botId }: Omit<Asked, 'cursor' | 'limit'>,
) {
  const isOfBot = botId ? sql`incident.bot_id = ${botId}::uuid` : sql`true`;
  const isNotBefore = from ? sql`(incident.ended_at is null or incident.ended_at >= ${from}::timestamptz)` : sql`true`;
  const isNotAfter = to ? sql`incident.began_at < ${to}::timestamptz` : sql`true`;
  const isInState = state ? sql`(incident.ended_at is null) = ${state === 'open'}` : sql`true`;
  const isOfSignal = signal ? sql`incident.signal = ${signal}` : sql`true`;
  return sql<boolean>`incident.workspace_id = ${workspaceId} and ${isOfBot} and ${isNotBefore} and ${isNotAfter}
    and ${isInState} and ${isOfSignal} and ${isReached(reach)}`;
}
