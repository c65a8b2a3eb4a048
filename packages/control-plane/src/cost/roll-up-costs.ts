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

/** A part of the statement that gives calls their conversation, each once: adds those of `from` to what it came to. */
export function rollUpConversations(from: RawBuilder<unknown>) {
  return sql`
    conversation_days as (insert into conversation_day (bot_id, workspace_id, day, session, count, tokens, unpriced, cost_usd)
      select bot_id, workspace_id, ${day}, session, count(*), sum(${tokens}),
        count(*) filter (where cost_usd is null and ${tokens} > 0), coalesce(sum(cost_usd), 0)
      from ${from} group by 1, 2, 3, 4
      on conflict (bot_id, day, session) do update
        set count = conversation_day.count + excluded.count, tokens = conversation_day.tokens + excluded.tokens,
          unpriced = conversation_day.unpriced + excluded.unpriced, cost_usd = conversation_day.cost_usd + excluded.cost_usd)`;
}
