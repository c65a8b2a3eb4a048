import { api } from '@clawster/contract/api';
import { violates } from '@clawster/database/violation';
import { Refusal } from '@clawster/domain/refusal';
import { isBuiltIn, whyNotGrant } from '@clawster/domain/role/role';
import { command } from '../command.ts';
import { standing } from '../person/standing.ts';

/** Makes a role out of permissions its maker has. */
export const createRole = command(
  api.roles.create,
  async ({ tx, caller, record }, { name, description, permissions }) => {
    const reason = whyNotGrant(caller, { role: name, permissions: new Set(permissions) });
    if (reason) throw new Refusal('forbidden', reason);
    if (isBuiltIn(name)) throw taken(name);
    await standing(tx, caller);
    await tx
      .insertInto('role')
      .values({ workspaceId: caller.workspaceId, name, description, permissions })
      .execute()
      .catch((error: unknown) => {
        throw violates(error, 'role_pkey') ? taken(name) : error;
      });
    await record({ type: 'role-created', subjectName: name, detail: { permissions } });
    return { name, description, permissions, builtIn: false, people: 0 };
  },
);

function taken(name: string): Refusal {
  const message = `There is a role named ${name} already: choose another name`;
  return new Refusal('conflict', message, { issues: [{ path: 'name', message }] });
}
