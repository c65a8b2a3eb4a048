import type { KeyJob } from '@clawster/contract/key';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import { isFree, leaseEnd } from '../loops/lease.ts';
import type { Tx } from '../transaction.ts';

export type LeasedJob = { id: string; workspaceId: string; kind: KeyJob['kind']; failures: number };
type Row = Awaited<ReturnType<ReturnType<typeof selectJobs>['executeTakeFirstOrThrow']>>;

const selectJobs = (tx: Tx) => tx.selectFrom('keyJob').selectAll('keyJob').where(isVisible('keyJob'));

/** A job of the workspace; refused when there is none of this id. */
export async function getJob(tx: Tx, id: string): Promise<Row> {
  const row = await selectJobs(tx).where('id', '=', id).executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such job in this workspace');
  return row;
}

/** The last job of each kind. */
export function lastJobs(tx: Tx): Promise<Row[]> {
  return selectJobs(tx).distinctOn('kind').orderBy('kind').orderBy('begunAt', 'desc').execute();
}

/** The job as it is told; `left` is counted from what it works on. */
export function toKeyJob(row: Row, left: number): KeyJob {
  const { id, kind, done, begunAt, endedAt, trouble, nextTryAt } = row;
  return {
    id,
    kind: kind as KeyJob['kind'],
    done,
    left: endedAt ? 0 : left,
    begunAt: begunAt.toISOString(),
    ...(endedAt ? { endedAt: endedAt.toISOString() } : {}),
    ...(trouble && !endedAt ? { trouble, nextTryAt: nextTryAt.toISOString() } : {}),
  };
}

/** Begins a job; refused while one of its kind goes on in the workspace. */
export async function insertJob(tx: Tx, job: { workspaceId: string; kind: KeyJob['kind'] }): Promise<Row> {
  const row = await tx
    .insertInto('keyJob')
    .values(job)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) throw new Refusal('conflict', 'This goes on already: see how far it is with clawster key list');
  return row;
}

const isDue = sql<boolean>`ended_at is null and next_try_at <= now() and ${isFree}`;

/** Whether a job waits for someone to go on with it. */
export async function hasDueJob(tx: Tx): Promise<boolean> {
  return (await tx.selectFrom('keyJob').select('id').where(isDue).limit(1).executeTakeFirst()) !== undefined;
}

/** Leases a job nobody is at; what a killed server had is due when its lease has ended. */
export async function leaseDueJob(tx: Tx): Promise<LeasedJob | undefined> {
  const row = await tx
    .with('due', (due) =>
      due.selectFrom('keyJob').select('id').where(isDue).orderBy('begunAt').limit(1).forUpdate().skipLocked(),
    )
    .updateTable('keyJob')
    .set({ leasedUntil: leaseEnd })
    .where('id', 'in', (due) => due.selectFrom('due').select('id'))
    .returning(['id', 'workspaceId', 'kind', 'failures'])
    .executeTakeFirst();
  return row && { ...row, kind: row.kind as KeyJob['kind'] };
}

/** Counts what was done, and keeps the job. */
export async function addDone(tx: Tx, id: string, count: number): Promise<void> {
  await tx
    .updateTable('keyJob')
    .set({ done: sql<number>`done + ${count}`, leasedUntil: leaseEnd, failures: 0, trouble: null })
    .where('id', '=', id)
    .execute();
}

/** Leaves a job for a later try, with why. */
export async function noteTrouble(tx: Tx, id: string, { trouble, waitMs }: Trouble): Promise<void> {
  await tx
    .updateTable('keyJob')
    .set({
      trouble,
      leasedUntil: null,
      failures: sql<number>`failures + 1`,
      nextTryAt: sql<Date>`now() + make_interval(secs => ${waitMs / 1000})`,
    })
    .where('id', '=', id)
    .execute();
}
type Trouble = { trouble: string; waitMs: number };

/** Leaves a job to whoever comes next. */
export async function giveJobBack(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('keyJob').set({ leasedUntil: null }).where('id', '=', id).execute();
}

/** Ends a job; how much it did, or undefined when another had ended it. */
export async function endJob(tx: Tx, id: string): Promise<number | undefined> {
  const ended = await tx
    .updateTable('keyJob')
    .set({ endedAt: sql<Date>`now()`, leasedUntil: null, trouble: null })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .returning('done')
    .executeTakeFirst();
  return ended?.done;
}
