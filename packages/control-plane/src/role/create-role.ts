import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { isBuiltIn, whyNotGrant } from '@clawster/domain/role/role';
import { command } from '../command.ts';
import { standing } from '../person/standing.ts';
import { nameTaken, unlessNameTaken } from '../unless-name-taken.ts';

/** Makes a role out of permissions its maker has. */
export const createRole = command(
  api.roles.create,
  async ({ tx, caller, record }, { name, description, permissions }) => {
    const reason = whyNotGrant(caller, { role: name, permissions: new Set(permissions) });
    if (reason) throw new Refusal('forbidden', reason);
    if (isBuiltIn(name)) throw nameTaken('role', name);
    await standing(tx, caller);
    const { workspaceId } = caller;
    await unlessNameTaken('role', name, () =>
      tx.insertInto('role').values({ workspaceId, name, description, permissions }).execute(),
    );
    await record({ type: 'role-created', subjectName: name, detail: { permissions } });
    return { name, description, permissions, builtIn: false, people: 0 };
  },
);
