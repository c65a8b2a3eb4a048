import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { insertJob, toKeyJob } from './key-job.queries.ts';
import { countToRewrap } from './rewrap.ts';

/** Has all keys of the installation wrapped anew under the current one; a loop carries it out. */
export const beginRewrap = command(api.keys.rewrap, async ({ tx, caller, record, plane }) => {
  const row = await insertJob(tx, { workspaceId: caller.workspaceId, kind: 'rewrap' });
  await record({ type: 'key-rewrap-begun', detail: { key: plane.keys.id } });
  return toKeyJob(row, await countToRewrap(plane));
});
