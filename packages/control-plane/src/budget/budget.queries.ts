import type { Budget, BudgetChannel, BudgetLift, BudgetPeriod } from '@clawster/contract/budget';
import { spentInAll } from '@clawster/domain/budget/draw';
import { holds, limitNow } from '@clawster/domain/budget/lift';
import { exhaustedAt, periodAt } from '@clawster/domain/budget/period';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { databaseNow } from '../database-now.ts';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';
import { scopeOf } from './scope.ts';
import { bookedNow, counts, spentNow } from './use.queries.ts';

/** The first day of the period that it is now. */
const today = sql<string>`date_trunc(budget.period, now() at time zone 'UTC')::date`;
const ofAllowances = (what: string) =>
  sql<number>`(select coalesce(sum(${sql.raw(what)}), 0)::float8 from budget_allowance
    where budget_allowance.budget_id = budget.id and budget_allowance.starts_on = ${today})`;

/** Budgets of the transaction's workspace, with what was spent of them as it is known now. */
export function selectBudgets(tx: Tx) {
  return tx
    .with(
      (cte) => cte('spent').materialized(),
      () => sql<Record<string, unknown>>`(${spentNow(sql`select distinct workspace_id from budget`)})`,
    )
    .selectFrom('budget')
    .leftJoin('bot as named', 'named.id', 'budget.botId')
    .leftJoin('team', 'team.id', 'budget.teamId')
    .leftJoin('budgetPeriod as current', (join) =>
      join.onRef('current.budgetId', '=', 'budget.id').on(sql<boolean>`current.starts_on = ${today}`),
    )
    .select([
      'budget.id',
      'budget.workspaceId',
      'budget.name',
      'budget.botId',
      'named.name as botName',
      'budget.selector',
      'budget.teamId',
      'team.name as teamName',
      'budget.channel',
      'budget.period',
      'budget.warnAt',
      'budget.hard',
      'budget.version',
      'budget.createdAt',
      'budget.updatedAt',
      'current.lift',
      'current.warned',
      'current.spentAt',
    ])
    .select([
      sql<number>`budget.limit_usd::float8`.as('limitUsd'),
      sql<number>`${bookedNow}::float8`.as('bookedUsd'),
      sql<number>`coalesce(current.booked_usd, 0)::float8`.as('bookedBeforeUsd'),
      sql<number>`coalesce(current.before_usd, 0)::float8`.as('beforeUsd'),
      sql<string>`${today}::text`.as('startsOn'),
      ofAllowances('spent_usd').as('drawnUsd'),
      ofAllowances('greatest(0, granted_usd - spent_usd)').as('reservedUsd'),
      sql<boolean>`exists (select from budget_allowance where budget_allowance.budget_id = budget.id
        and budget_allowance.starts_on = ${today} and refused_at is not null)`.as('refused'),
      sql<number>`(select count(*)::int from bot where ${counts} and bot.removed_at is null
        and bot.spec->>'desired' <> 'destroyed')`.as('botCount'),
    ])
    .where(isVisible('budget'));
}
export type BudgetRow = Awaited<ReturnType<ReturnType<typeof selectBudgets>['executeTakeFirstOrThrow']>>;

/** Refuses when there is no such budget. */
export async function getBudgetRow(tx: Tx, budgetId: string): Promise<BudgetRow> {
  const row = await selectBudgets(tx).where('budget.id', '=', budgetId).executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such budget in this workspace');
  return row;
}

/** The same, as it is told. */
export async function getBudget(tx: Tx, budgetId: string): Promise<Budget> {
  return toBudget(await getBudgetRow(tx, budgetId), await databaseNow(tx));
}

export function toBudget(row: BudgetRow, now: Date): Budget {
  const { id, name, warnAt, hard, limitUsd, botCount, botName, teamName } = row;
  const scope = scopeOf(row);
  return {
    id,
    name,
    warnAt,
    hard,
    limitUsd,
    botCount,
    period: row.period as BudgetPeriod,
    ...(scope ? { scope } : {}),
    ...(botName === null ? {} : { botName }),
    ...(teamName === null ? {} : { teamName }),
    ...(row.channel === null ? {} : { channel: row.channel as BudgetChannel }),
    use: useOf(row, now),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** What of a budget says which of their calls it stops. */
export function heldOf(row: BudgetRow): Pick<Budget, 'id' | 'name' | 'scope' | 'channel'> {
  const { id, name, channel } = row;
  return { id, name, scope: scopeOf(row), channel: (channel ?? undefined) as BudgetChannel | undefined };
}

function useOf(row: BudgetRow, now: Date): Budget['use'] {
  const period = periodAt(row.period as BudgetPeriod, now);
  const lift = (row.lift ?? undefined) as BudgetLift | undefined;
  const limit = limitNow(row.limitUsd, lift, now);
  const spentUsd = spentInAll(row);
  const exhausted = limit === undefined ? undefined : exhaustedAt({ spentUsd, limitUsd: limit, now }, period);
  return {
    startsAt: period.startsAt.toISOString(),
    endsAt: period.endsAt.toISOString(),
    ...(limit === undefined ? {} : { limitUsd: limit }),
    spentUsd,
    reservedUsd: row.hard ? row.reservedUsd : 0,
    ...(exhausted ? { exhaustedAt: exhausted.toISOString() } : {}),
    ...(row.spentAt ? { spentAt: row.spentAt.toISOString() } : {}),
    ...(lift && holds(lift, now) ? { lift } : {}),
  };
}
