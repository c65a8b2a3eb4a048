import { backOffMs } from '@clawster/domain/bot/back-off';
import { change, keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { endJob, giveJobBack, hasDueJob, leaseDueJob, type LeasedJob, noteTrouble } from './key-job.queries.ts';
import { countToReencrypt, reencryptBatch } from './reencrypt.ts';
import { awaitSealing, deleteRetiredKeys } from './retired-keys.ts';
import { rewrapBatch } from './rewrap.ts';

const job = 'advance-key-jobs';

/** Goes on with the jobs that are due, batch by batch, and deletes keys that nothing is under any more. */
export async function advanceKeyJobs(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  // Looked at first, where nothing is written: an idle or read-only database is left alone.
  while (!signal.aborted && (await systemQuery(plane, hasDueJob))) {
    const due = await keep(plane, leaseDueJob);
    if (due) await advance(plane, due, signal);
  }
  await deleteRetiredKeys(plane);
}

/** What failed is told, and tried again later: all that was done before stays done. */
async function advance(plane: ControlPlane, due: LeasedJob, signal: AbortSignal): Promise<void> {
  try {
    while (!signal.aborted) if (!(await takeBatch(plane, due)) && (await end(plane, due))) return;
    await keep(plane, (tx) => giveJobBack(tx, due.id));
  } catch (error) {
    const trouble = error instanceof Error ? error.message : String(error);
    plane.log('error', 'A job on keys could not be advanced', { jobId: due.id, kind: due.kind, error: trouble });
    const waitMs = backOffMs(due.failures + 1, Math.random());
    await keep(plane, (tx) => noteTrouble(tx, due.id, { trouble, waitMs }));
  }
}

const takeBatch = (plane: ControlPlane, due: LeasedJob): Promise<number> =>
  due.kind === 'rewrap' ? rewrapBatch(plane, due.id) : reencryptBatch(plane, due);

/** False when something came under an old key meanwhile. */
async function end(plane: ControlPlane, { id, workspaceId, kind }: LeasedJob): Promise<boolean> {
  if (kind === 'reencrypt' && (await keep(plane, (tx) => countWhenSealed(tx, workspaceId))) > 0) return false;
  await change(plane, { workspaceId, job }, async ({ tx, record }) => {
    const done = await endJob(tx, id);
    if (done === undefined) throw new Error('Another server has ended this job');
    await record({ type: kind === 'rewrap' ? 'key-rewrap-ended' : 'key-reencryption-ended', detail: { done } });
  });
  return true;
}

async function countWhenSealed(tx: Tx, workspaceId: string): Promise<number> {
  await awaitSealing(tx, workspaceId);
  return countToReencrypt(tx, workspaceId);
}
