import { api } from '@clawster/contract/api';
import { changesOf } from '@clawster/domain/audit/changes';
import { Refusal } from '@clawster/domain/refusal';
import { whyNotGrant } from '@clawster/domain/role/role';
import { command } from '../command.ts';
import { endKeysOfAccounts } from '../person/end-access.ts';
import { holdDefinition } from '../role/role.queries.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { lockAccount } from './lock-account.ts';

/** Changes a service account; a new role holds for the next request of its keys, and what they have open begins anew. */
export const updateServiceAccount = command(
  api.serviceAccounts.update,
  async (context, { serviceAccountId: id, ...changes }) => {
    const { tx, caller, record } = context;
    const { workspaceId } = caller;
    const account = await lockAccount(tx, caller, id);
    const { name = account.name, description = account.description, role = account.role } = changes;
    const definition = await holdDefinition(tx, workspaceId, role);
    const reason = whyNotGrant(caller, definition);
    if (reason) throw new Refusal('forbidden', reason);
    await unlessNameTaken('serviceAccount', name, () =>
      tx
        .updateTable('serviceAccount')
        .set({ name, description, role })
        .where('workspaceId', '=', workspaceId)
        .where('id', '=', id)
        .execute(),
    );
    const accounts = { workspaceId, serviceAccountIds: [id] };
    const apiKeys = await endKeysOfAccounts(context, accounts, definition.permissions);
    const before = { name: account.name, description: account.description, role: account.role };
    await record({
      type: 'service-account-updated',
      subjectId: id,
      subjectName: name,
      detail: { ...changesOf(before, { name, description, role }), apiKeys },
    });
    return { apiKeys };
  },
);
