import type { CostLine } from '@clawster/domain/cost/cost-cells';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';
import { type Asked, spent } from './spent.ts';

/** What was spent, each part by itself, with the names of what it went to and the prices it was counted at. */
export async function selectLines(tx: Tx, asked: Asked): Promise<CostLine[]> {
  const { rows } = await sql<CostLine>`
    select day::text as day, coalesce(spent.bot_id::text, '') as "botId", coalesce(bot.name, '') as bot,
      coalesce(bot.labels, '{}') as labels, coalesce(spent.channel, '') as channel, coalesce(spent.model, '') as model,
      coalesce(connector.name, spent.connector_id, '') as connector, coalesce(target.name, '') as target,
      calls::float8 as calls, failed::float8 as failed, input_tokens::float8 as "inputTokens",
      output_tokens::float8 as "outputTokens", cache_read_tokens::float8 as "cacheReadTokens",
      cache_write_tokens::float8 as "cacheWriteTokens", unpriced::float8 as unpriced, model_usd::text as "modelUsd",
      infrastructure_usd::text as "infrastructureUsd",
      coalesce((select string_agg(price_version, '; ' order by price_version) from price_day
        where price_day.bot_id = spent.bot_id and price_day.day = spent.day and price_day.connector_id = spent.connector_id
          and price_day.name = spent.model and price_version <> ''), '') as "priceVersions",
      coalesce(team.name, '') as team
    from (${spent(asked)}) as spent
    left join bot on bot.id = spent.bot_id
    left join team_member on team_member.bot_id = spent.bot_id
    left join team on team.id = team_member.team_id
    left join connector on connector.id::text = spent.connector_id
    left join target on target.id = coalesce(spent.target_id, bot.target_id)
    where calls <> 0 or infrastructure_usd <> 0
    order by lower(bot.name), spent.bot_id, spent.channel, spent.model, spent.connector_id`.execute(tx);
  return rows;
}
