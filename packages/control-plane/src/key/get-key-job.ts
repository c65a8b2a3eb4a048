import { api } from '@clawster/contract/api';
import type { KeyJob } from '@clawster/contract/key';
import type { ControlPlane } from '../plane.ts';
import { query } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { getJob, toKeyJob } from './key-job.queries.ts';
import { countToReencrypt } from './reencrypt.ts';
import { countToRewrap } from './rewrap.ts';

/** How far a job of the caller's workspace is. */
export const getKeyJob = query(api.keys.getJob, async ({ tx, plane }, { jobId }) =>
  withLeft(tx, plane, await getJob(tx, jobId)),
);

/** The job with what is left of its work. */
export async function withLeft(
  tx: Tx,
  plane: Pick<ControlPlane, 'db' | 'keys'>,
  row: Awaited<ReturnType<typeof getJob>>,
): Promise<KeyJob> {
  if (row.endedAt) return toKeyJob(row, 0);
  const left = row.kind === 'rewrap' ? await countToRewrap(plane) : await countToReencrypt(tx, row.workspaceId);
  return toKeyJob(row, left);
}
