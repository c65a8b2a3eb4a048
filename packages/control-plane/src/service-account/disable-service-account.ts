import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { command } from '../command.ts';
import { lockAccount } from './lock-account.ts';

/** Refuses a service account's keys until it is enabled again; what they opened ends within a second. */
export const disableServiceAccount = command(
  api.serviceAccounts.disable,
  async ({ tx, caller, record }, { serviceAccountId: id }) => {
    const { name, disabledAt } = await lockAccount(tx, caller, id);
    if (disabledAt) throw new Refusal('conflict', `${name} is disabled already`);
    await tx
      .updateTable('serviceAccount')
      .set({ disabledAt: sql<Date>`now()` })
      .where('workspaceId', '=', caller.workspaceId)
      .where('id', '=', id)
      .execute();
    await record({ type: 'service-account-disabled', subjectId: id, subjectName: name });
    return {};
  },
);
