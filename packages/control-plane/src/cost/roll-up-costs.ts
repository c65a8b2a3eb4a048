import { type RawBuilder, sql } from 'kysely';

const tokens = sql`(input_tokens + output_tokens + cache_read_tokens + cache_write_tokens)`;
const day = sql`(at at time zone 'UTC')::date`;

/**
 * A part of the statement that stores spans: adds the model's calls of `from`, each new, to what was counted at each price.
 * What becomes of a call afterwards changes nothing of that.
 */
export function rollUpPrices(from: RawBuilder<unknown>) {
  return sql`
    prices as (insert into price_day (bot_id, workspace_id, day, connector_id, name, price_version, count, cost_usd)
      select bot_id, workspace_id, ${day}, connector_id, name, price_version, count(*), coalesce(sum(cost_usd), 0)
      from ${from} where kind = 'model-call' group by 1, 2, 3, 4, 5, 6
      on conflict (bot_id, day, connector_id, name, price_version) do update
        set count = price_day.count + excluded.count, cost_usd = price_day.cost_usd + excluded.cost_usd)`;
}

/**
 * A part of the statement that gives calls their conversation, each once: adds those of `from` to what it came to on their
 * day, and to what it can have come to in each stretch of days around it.
 */
export function rollUpConversations(from: RawBuilder<unknown>) {
  return sql`
    conversation_sums as (
      select bot_id, workspace_id, ${day} as day, session, count(*) as count, sum(${tokens})::bigint as tokens,
        count(*) filter (where cost_usd is null and ${tokens} > 0) as unpriced, coalesce(sum(cost_usd), 0) as cost_usd
      from ${from} group by 1, 2, 3, 4),
    conversation_days as (insert into conversation_day (bot_id, workspace_id, day, session, count, tokens, unpriced, cost_usd)
      select * from conversation_sums
      on conflict (bot_id, session, day) do update
        set count = conversation_day.count + excluded.count, tokens = conversation_day.tokens + excluded.tokens,
          unpriced = conversation_day.unpriced + excluded.unpriced, cost_usd = conversation_day.cost_usd + excluded.cost_usd),
    conversation_bounds as (insert into conversation_bound (bot_id, workspace_id, session, first_day, last_day, nano_usd, tokens)
      select bot_id, workspace_id, session, first_day, last_day, sum(ceil(cost_usd * 1000000000))::bigint, sum(tokens)::bigint
      from conversation_sums cross join lateral stretches_of(day) group by 1, 2, 3, 4, 5
      on conflict (bot_id, session, first_day, last_day) do update
        set nano_usd = conversation_bound.nano_usd + excluded.nano_usd, tokens = conversation_bound.tokens + excluded.tokens)`;
}
