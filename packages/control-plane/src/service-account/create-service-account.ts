import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { whyNotGrant } from '@clawster/domain/role/role';
import { command } from '../command.ts';
import { standing } from '../person/standing.ts';
import { holdDefinition } from '../role/role.queries.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { selectAccounts, toAccount } from './service-account.queries.ts';

/** Makes a service account that may do no more than its maker; it does nothing before it has a key. */
export const createServiceAccount = command(
  api.serviceAccounts.create,
  async ({ tx, caller, record }, { name, description, role }) => {
    const { workspaceId } = caller;
    const reason = whyNotGrant(caller, await holdDefinition(tx, workspaceId, role));
    if (reason) throw new Refusal('forbidden', reason);
    const createdBy = (await standing(tx, caller)) ?? null;
    const { id } = await unlessNameTaken('serviceAccount', name, () =>
      tx
        .insertInto('serviceAccount')
        .values({ workspaceId, name, description, role, createdBy })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    await record({ type: 'service-account-created', subjectId: id, subjectName: name, detail: { role } });
    return toAccount(await selectAccounts(tx, workspaceId).where('id', '=', id).executeTakeFirstOrThrow());
  },
);
