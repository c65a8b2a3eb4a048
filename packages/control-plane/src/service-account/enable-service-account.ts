import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { lockAccount } from './lock-account.ts';

/** Lets a service account's keys in again: those in force when it was disabled that have not expired since. */
export const enableServiceAccount = command(
  api.serviceAccounts.enable,
  async ({ tx, caller, record }, { serviceAccountId: id }) => {
    const { name, disabledAt } = await lockAccount(tx, caller, id);
    if (!disabledAt) throw new Refusal('conflict', `${name} is not disabled`);
    await tx
      .updateTable('serviceAccount')
      .set({ disabledAt: null })
      .where('workspaceId', '=', caller.workspaceId)
      .where('id', '=', id)
      .execute();
    await record({ type: 'service-account-enabled', subjectId: id, subjectName: name });
    return {};
  },
);
