import type { BudgetPeriod } from '@clawster/contract/budget';
import { periodAt } from '@clawster/domain/budget/period';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** A budget in one of its periods. */
export type PeriodKey = { budgetId: string; startsOn: string };

/** The day on which the period began that it is now. */
export function startsOn(period: BudgetPeriod, now: Date): string {
  return periodAt(period, now).startsAt.toISOString().slice(0, 10);
}

/** Whether a bot is one of those whose calls the budget counts; `bot` and `budget` are rows of the statement. */
export const counts = sql<boolean>`(bot.workspace_id = budget.workspace_id
  and (budget.bot_id is null or budget.bot_id = bot.id) and (budget.selector is null or bot.labels @> budget.selector)
  and (budget.team_id is null
    or budget.team_id = (select team_member.team_id from team_member where team_member.bot_id = bot.id)))`;

const since = (period: BudgetPeriod) => sql`date_trunc(${sql.lit(period)}, now() at time zone 'UTC')::date`;

/**
 * A table `spent`: what calls came to since the day, the week and the month began that it is now, as far as they were told, by
 * bot and channel. One for all budgets of these workspaces: there are as many calls to add up for each of them.
 */
export function spentNow(workspaces: RawBuilder<unknown>): RawBuilder<unknown> {
  const sum = (period: BudgetPeriod) =>
    sql`coalesce(sum(cost_usd) filter (where day >= ${since(period)}), 0) as ${sql.ref(`${period}_usd`)}`;
  return sql`
    select told.*, bot.labels, team_member.team_id
    from (${workspaces}) as counted cross join lateral (
      select workspace_id, bot_id, channel, ${sum('day')}, ${sum('week')}, ${sum('month')}
      from usage_day where workspace_id = counted.workspace_id and kind = 'model-call'
        and day >= least(${since('week')}, ${since('month')}) group by 1, 2, 3) as told
    left join bot on bot.id = told.bot_id
    left join team_member on team_member.bot_id = told.bot_id`;
}

/** What the calls that `budget`, a row of the statement, counts came to in its period, by `spent`. */
export const bookedNow = sql<string>`(
  select coalesce(sum(case budget.period when 'day' then day_usd when 'week' then week_usd else month_usd end), 0) from spent
  where spent.workspace_id = budget.workspace_id and (budget.bot_id is null or spent.bot_id = budget.bot_id)
    and (budget.selector is null or spent.labels @> budget.selector)
    and (budget.team_id is null or spent.team_id = budget.team_id)
    and (budget.channel is null or spent.channel = budget.channel))`;

/** Makes the row of the period that it is now, with what was spent before the limit was looked at, and locks it. */
export async function lockPeriod(tx: Tx, { budgetId, startsOn: day }: PeriodKey) {
  const workspace = sql`select workspace_id from budget where id = ${budgetId}::uuid`;
  await sql`
    with spent as materialized (${spentNow(workspace)})
    insert into budget_period (budget_id, workspace_id, starts_on, booked_usd, before_usd)
    select id, workspace_id, ${day}::date, booked, booked
    from (select id, workspace_id, ${bookedNow} as booked from budget where id = ${budgetId}::uuid) as told
    where not exists (select from budget_period where budget_id = ${budgetId}::uuid and starts_on = ${day}::date)
    on conflict do nothing`.execute(tx);
  const row = await tx
    .selectFrom('budgetPeriod')
    .select(['lift', 'warned', 'spentAt'])
    .select([sql<number>`booked_usd::float8`.as('bookedUsd'), sql<number>`before_usd::float8`.as('beforeUsd')])
    .where('budgetId', '=', budgetId)
    .where('startsOn', '=', day)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  return row;
}

/** What bots together have of a budget in a period, but for what is in one supervisor's book. */
export function sumOtherAllowances(tx: Tx, key: PeriodKey, but: { botId: string; book: string }) {
  return tx
    .selectFrom('budgetAllowance')
    .where('budgetId', '=', key.budgetId)
    .where('startsOn', '=', key.startsOn)
    .where(sql<boolean>`(bot_id, book) is distinct from (${but.botId}::uuid, ${but.book})`)
    .select([
      sql<number>`coalesce(sum(spent_usd), 0)::float8`.as('spentUsd'),
      sql<number>`coalesce(sum(greatest(0, granted_usd - spent_usd)), 0)::float8`.as('reservedUsd'),
      sql<number>`(count(distinct bot_id) filter (where drawn_at > now() - interval '1 minute'))::int`.as('drawing'),
    ])
    .executeTakeFirstOrThrow();
}
