import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { replaceDataKey } from '../secret/data-key.ts';
import { replaceInstallationKey } from '../secret/installation-key.ts';
import type { Tx } from '../transaction.ts';
import { insertJob, toKeyJob } from './key-job.queries.ts';
import { countToReencrypt } from './reencrypt.ts';

/** Gives the workspace a new data key, and has its secrets and all second factors sealed anew; a loop carries it out. */
export const beginReencryption = command(api.keys.reencrypt, async ({ tx, caller, record, plane }) => {
  const { workspaceId } = caller;
  const row = await insertJob(tx, { workspaceId, kind: 'reencrypt' });
  await replaceDataKey(tx, plane.keys, workspaceId);
  if (await isReplaceable(tx)) await replaceInstallationKey(tx, plane.keys, 'second-factor');
  await record({ type: 'key-reencryption-begun' });
  return toKeyJob(row, await countToReencrypt(tx, workspaceId));
});

/** There is one, and no other workspace has just begun to do the same. */
async function isReplaceable(tx: Tx): Promise<boolean> {
  const rows = await tx
    .selectFrom('installationKey')
    .select('retiredAt')
    .where('purpose', '=', 'second-factor')
    .execute();
  return rows.length === 1;
}
