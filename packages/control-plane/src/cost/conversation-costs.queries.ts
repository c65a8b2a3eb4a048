import type { Days } from '@clawster/contract/cost';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../transaction.ts';
import { all, botFilters, within } from './spent.ts';

export type AskedConversations = {
  workspaceId: string;
  days: Days & { today: string };
  botId?: string | undefined;
  limit: number;
};
type Stretch = { firstDay: string; lastDay: string };

/** Of how many times as many days a bound still leaves few enough to look at; of more, all are added up. */
const stretchedMax = 2;
/** So many times as many as are asked for are added up first: the more, the fewer are left to look at afterwards. */
const firstFactor = 4;

const measured = sql`sum(count)::float8 as calls, sum(tokens)::float8 as tokens, sum(unpriced)::float8 as unpriced, sum(cost_usd) as usd`;

/** The conversations that cost most in some days, with what is known of each; of those that cost the same, those with most tokens. */
export async function selectDearest(tx: Tx, asked: AskedConversations): Promise<Record<string, unknown>[]> {
  const stretch = asked.botId === undefined ? await selectStretch(tx, asked.days) : undefined;
  const { rows } = await sql<Record<string, unknown>>`
    with ${stretch ? ofBounds(asked, stretch) : sql`summed as (${addedUp(asked)})`},
    dearest as (select * from summed order by usd desc, tokens desc, bot_id, session limit ${asked.limit})
    select dearest.bot_id as "botId", bot.name as "botName", dearest.session, coalesce(channel, '') as channel, calls, tokens,
      unpriced, usd::float8 as usd, last_at as "lastAt", person, person_name as "personName"
    from dearest left join bot on bot.id = dearest.bot_id
      -- By its key, for each of the few: joined, all conversations would be read.
      left join lateral (select * from conversation as one
        where one.bot_id = dearest.bot_id and one.session = dearest.session limit 1) as conversation on true
    order by dearest.usd desc, tokens desc, dearest.bot_id, dearest.session`.execute(tx);
  return rows;
}

/** The shortest stretch of days that all of these lie in; what is still to come counts for nothing. */
async function selectStretch(tx: Tx, { from, to, today }: AskedConversations['days']): Promise<Stretch | undefined> {
  const { rows } = await sql<Stretch>`
    select first_day::text as "firstDay", last_day::text as "lastDay"
    from stretches_of(${from}::date), lateral (select least(last_day, ${today}::date) - first_day + 1 as days) as so_far
    where last_day >= ${to}::date and days <= ${stretchedMax}::int * (${to}::date - ${from}::date + 1)
    order by days limit 1`.execute(tx);
  return rows[0];
}

function addedUp({ workspaceId, days, botId }: AskedConversations): RawBuilder<unknown> {
  return sql`select bot_id, session, ${measured} from conversation_day
    where workspace_id = ${workspaceId}::uuid and ${within(days)} and ${all(botFilters({ botId }))} group by 1, 2`;
}

/**
 * Adds up those that can have come to most; what the last of the dearest of these came to is what any other would have had to
 * come to, so that only those which can have are added up beside them.
 */
function ofBounds({ workspaceId, days, limit }: AskedConversations, { firstDay, lastDay }: Stretch) {
  const bounds = sql`conversation_bound where workspace_id = ${workspaceId}::uuid
    and first_day = ${firstDay}::date and last_day = ${lastDay}::date`;
  // Each by itself, by its key: joined, all conversations of these days might be read.
  const sums = (
    of: string,
  ) => sql`select ${sql.ref(of)}.bot_id, ${sql.ref(of)}.session, sums.* from ${sql.ref(of)} cross join lateral (
      select ${measured} from conversation_day as one
      where one.bot_id = ${sql.ref(of)}.bot_id and one.session = ${sql.ref(of)}.session and ${within(days)} having count(*) > 0) as sums`;
  return sql`
    first as materialized (select bot_id, session from ${bounds} order by nano_usd desc, tokens desc limit ${firstFactor * limit}),
    last as materialized (select floor(usd * 1000000000)::bigint as nano_usd, tokens::bigint as tokens from (${sums('first')}) as summed
      order by usd desc, tokens desc offset ${limit - 1} limit 1),
    cutoff as materialized (select * from last union all select 0, 0 where not exists (select from last)),
    possible as materialized (select bot_id, session from ${bounds}
      and (nano_usd, tokens) >= ((select nano_usd from cutoff), (select tokens from cutoff))),
    summed as (${sums('possible')})`;
}
