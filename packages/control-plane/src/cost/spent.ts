import type { CostFilter, CostGroup, Days } from '@clawster/contract/cost';
import { labelsOf } from '@clawster/contract/label';
import { type RawBuilder, sql } from 'kysely';

export type Asked = CostFilter & { workspaceId: string; days: Days };

/**
 * A table of what was spent: of each bot, day, channel, model and connector the calls of models, and of each bot, day and
 * target its part of what the target cost. What no channel, model or connector has a part in is left out where one is named.
 */
export function spent(asked: Asked): RawBuilder<unknown> {
  const { workspaceId, days, channel, model, connectorId, targetId } = asked;
  const ofCalls = [
    ...botFilters(asked),
    ...(channel === undefined ? [] : [sql`channel = ${channel}`]),
    ...(model === undefined ? [] : [sql`name = ${model}`]),
    ...(connectorId === undefined ? [] : [sql`connector_id = ${connectorId}`]),
    ...(targetId === undefined ? [] : [sql`bot_id in (select id from bot where target_id = ${targetId}::uuid)`]),
  ];
  const ofTargets = [...botFilters(asked), ...(targetId === undefined ? [] : [sql`target_id = ${targetId}::uuid`])];
  const calls = sql`
    select bot_id, day, channel, name as model, connector_id, null::uuid as target_id, count as calls, failed, input_tokens,
      output_tokens, cache_read_tokens, cache_write_tokens, unpriced, cost_usd as model_usd, 0::numeric as infrastructure_usd
    from usage_day
    where workspace_id = ${workspaceId}::uuid and kind = 'model-call' and ${within(days)} and ${all(ofCalls)}`;
  if (channel !== undefined || model !== undefined || connectorId !== undefined) return calls;
  return sql`${calls}
    union all
    select bot_id, day, null, null, null, target_id, 0, 0, 0, 0, 0, 0, 0, 0, usd
    from infrastructure_day where workspace_id = ${workspaceId}::uuid and ${within(days)} and ${all(ofTargets)}`;
}

/** Holds for rows of the bots that are asked for. */
export function botFilters({ botId, labels, teamId }: CostFilter): RawBuilder<unknown>[] {
  return [
    ...(botId === undefined ? [] : [sql`bot_id = ${botId}::uuid`]),
    ...(teamId === undefined ? [] : [sql`bot_id in (select bot_id from team_member where team_id = ${teamId}::uuid)`]),
    ...(labels === undefined
      ? []
      : [sql`bot_id in (select id from bot where labels @> ${JSON.stringify(labelsOf(labels))}::jsonb)`]),
  ];
}

/** Holds for rows of these days. */
export function within({ from, to }: Days): RawBuilder<unknown> {
  return sql`day between ${from}::date and ${to}::date`;
}

/** Holds where all of these do. */
export function all(conditions: RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

type Grouping = { kind: RawBuilder<unknown>; key: RawBuilder<unknown> };
const byKey = (key: RawBuilder<unknown>, otherwise: RawBuilder<unknown>): Grouping => ({
  kind: sql`case when coalesce(${key}, '') <> '' then 'group' else ${otherwise} end`,
  key: sql`coalesce(${key}, '')`,
});
const ofCall = sql`case when spent.target_id is null then 'none' else 'infrastructure' end`;
const ofBot = sql`case when spent.bot_id is null then 'idle' else 'none' end`;

/** `spent` with what its rows are grouped by: each has its bot, and the team that bot is in now. */
export function placed(asked: Asked): RawBuilder<unknown> {
  return sql`(${spent(asked)}) as spent left join bot on bot.id = spent.bot_id
    left join team_member on team_member.bot_id = spent.bot_id`;
}

/** What a row of `placed` belongs to. */
export function groupingOf(group: CostGroup, label = ''): Grouping {
  const groupings: Record<CostGroup, Grouping> = {
    bot: byKey(sql`spent.bot_id::text`, ofBot),
    channel: byKey(sql`spent.channel`, ofCall),
    model: byKey(sql`spent.model`, ofCall),
    connector: byKey(sql`spent.connector_id`, ofCall),
    target: byKey(sql`coalesce(spent.target_id, bot.target_id)::text`, ofBot),
    day: byKey(sql`spent.day::text`, ofBot),
    team: byKey(sql`team_member.team_id::text`, ofBot),
    label: byKey(sql`bot.labels ->> ${label}`, ofBot),
  };
  return groupings[group];
}
