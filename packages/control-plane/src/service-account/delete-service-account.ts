import { api } from '@clawster/contract/api';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import { endKeysOfAccounts } from '../person/end-access.ts';
import type { ControlPlane } from '../plane.ts';
import { forgetCallers } from '../session/caller-cache.ts';
import { lockAccount } from './lock-account.ts';

const remove = command(api.serviceAccounts.delete, async (context, { serviceAccountId: id }) => {
  const { tx, caller, record } = context;
  const { workspaceId } = caller;
  const { name, role } = await lockAccount(tx, caller, id);
  const apiKeys = await endKeysOfAccounts(context, { workspaceId, serviceAccountIds: [id] });
  await tx.deleteFrom('serviceAccount').where('workspaceId', '=', workspaceId).where('id', '=', id).execute();
  await record({ type: 'service-account-deleted', subjectId: id, subjectName: name, detail: { role, apiKeys } });
  return { apiKeys };
});

/** Deletes a service account with its keys; what they opened ends within a second. */
export async function deleteServiceAccount(plane: ControlPlane, caller: Caller, raw: unknown) {
  const answer = await remove(plane, caller, raw);
  forgetCallers(plane);
  return answer;
}
