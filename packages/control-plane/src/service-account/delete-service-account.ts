import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { endKeysOfAccounts } from '../person/end-access.ts';
import { lockAccount } from './lock-account.ts';

/** Deletes a service account with its keys; what they opened ends within a second. */
export const deleteServiceAccount = command(api.serviceAccounts.delete, async (context, { serviceAccountId: id }) => {
  const { tx, caller, record } = context;
  const { workspaceId } = caller;
  const { name, role } = await lockAccount(tx, caller, id);
  const apiKeys = await endKeysOfAccounts(context, { workspaceId, serviceAccountIds: [id] });
  await tx.deleteFrom('serviceAccount').where('workspaceId', '=', workspaceId).where('id', '=', id).execute();
  await record({ type: 'service-account-deleted', subjectId: id, subjectName: name, detail: { role, apiKeys } });
  return { apiKeys };
});
