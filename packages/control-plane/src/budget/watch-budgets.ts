import type { BudgetLift } from '@clawster/contract/budget';
import { spentInAll } from '@clawster/domain/budget/draw';
import { limitNow } from '@clawster/domain/budget/lift';
import { type Reached, reachedBy } from '@clawster/domain/budget/reached';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { change, keep } from '../change.ts';
import { databaseNow } from '../database-now.ts';
import type { NewEvent } from '../event/recorder.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { type BudgetRow, getBudgetRow, selectBudgets } from './budget.queries.ts';
import { lockBudget } from './lock-budget.ts';
import { askToLift, stopAsking } from './spent-item.ts';
import type { PeriodKey } from './use.queries.ts';

const job = 'watch-budgets';

/** Takes down what the books say of each budget, and tells what it reached: each percentage once in a period. */
export async function watchBudgets(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  await resumeWithPeriod(plane);
  const { rows, now } = await systemQuery(plane, async (tx) => ({
    rows: await selectBudgets(tx).execute(),
    now: await databaseNow(tx),
  }));
  for (const row of rows) {
    if (signal.aborted) return;
    if (reached(row, now).tell) await tell(plane, row);
    else await keep(plane, (tx) => book(tx, row, now));
  }
}

function reached(row: BudgetRow, now: Date): Reached {
  const { warnAt, hard, refused, reservedUsd } = row;
  return reachedBy({
    warnAt,
    hard,
    refused,
    reservedUsd,
    limitUsd: limitNow(row.limitUsd, (row.lift ?? undefined) as BudgetLift | undefined, now),
    spentUsd: spentInAll(row),
    warned: row.warned ?? [],
    toldSpent: row.spentAt !== null,
  });
}

async function tell(plane: ControlPlane, { id, workspaceId }: BudgetRow): Promise<void> {
  try {
    await change(plane, { workspaceId, job }, async (context) => {
      const { tx, record } = context;
      const key = await lockBudget(tx, id);
      const now = await databaseNow(tx);
      const row = await getBudgetRow(tx, id);
      const what = reached(row, now);
      const event = eventOf(row, what);
      if (!event) throw new Refusal('conflict', 'This was told already');
      const { warned, tell: told } = what;
      const spentAt = told?.kind === 'spent' ? { spentAt: now } : told?.kind === 'resumed' ? { spentAt: null } : {};
      await write(tx, key, { bookedUsd: row.bookedUsd, warned, ...spentAt });
      await record(event);
      if (told?.kind === 'spent' && row.hard) await askToLift(context, row, now);
      if (told?.kind === 'resumed') await stopAsking(context, row);
    });
  } catch (error) {
    // Another replica, or someone, was there first.
    if (!(error instanceof Refusal)) throw error;
  }
}

function eventOf({ id, name, limitUsd, hard, reservedUsd, ...row }: BudgetRow, { tell: what }: Reached) {
  if (!what) return undefined;
  const more = what.kind === 'warned' ? { percent: what.percent } : { reservedUsd };
  const detail = { limitUsd, spentUsd: spentInAll(row), hard, ...more };
  return { type: `budget-${what.kind}`, subjectId: id, subjectName: name, detail } satisfies NewEvent;
}

/** Percentages that a raised limit put out of reach again are told anew. */
async function book(tx: Tx, row: BudgetRow, now: Date): Promise<void> {
  const { warned } = reached(row, now);
  if (row.bookedUsd === row.bookedBeforeUsd && warned.length === (row.warned ?? []).length) return;
  await write(tx, { budgetId: row.id, startsOn: row.startsOn }, { bookedUsd: row.bookedUsd, warned });
}

type Seen = { bookedUsd: number; warned: number[]; spentAt?: Date | null };

async function write(tx: Tx, { budgetId, startsOn }: PeriodKey, seen: Seen): Promise<void> {
  await tx
    .updateTable('budgetPeriod')
    .set(seen)
    .where('budgetId', '=', budgetId)
    .where('startsOn', '=', startsOn)
    .execute();
}

/** Who was stopped to the end of a period goes on with the next. */
async function resumeWithPeriod(plane: ControlPlane): Promise<void> {
  const over = await systemQuery(plane, (tx) =>
    selectOver(tx).select(['budget.id', 'budget.workspaceId', 'budget.name']).execute(),
  );
  for (const { id, workspaceId, name } of over)
    await change(plane, { workspaceId, job }, async (context) => {
      const { tx, record } = context;
      await tx
        .updateTable('budgetPeriod')
        .set({ spentAt: null })
        .where('budgetId', '=', id)
        .where('startsOn', 'in', selectOver(tx).select('startsOn').where('budget.id', '=', id))
        .execute();
      await record({ type: 'budget-resumed', subjectId: id, subjectName: name, detail: { why: 'period' } });
      await stopAsking(context, { id, workspaceId });
    });
}

function selectOver(tx: Tx) {
  return tx
    .selectFrom('budgetPeriod')
    .innerJoin('budget', 'budget.id', 'budgetPeriod.budgetId')
    .where('budgetPeriod.spentAt', 'is not', null)
    .where(sql<boolean>`starts_on < date_trunc(budget.period, now() at time zone 'UTC')::date`);
}
