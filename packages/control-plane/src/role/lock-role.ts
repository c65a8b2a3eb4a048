import type { Role } from '@clawster/contract/permission';
import { Refusal } from '@clawster/domain/refusal';
import { isBuiltIn, whyNotGrant } from '@clawster/domain/role/role';
import type { SignedIn } from '../caller.ts';
import { standing } from '../person/standing.ts';
import type { Tx } from '../transaction.ts';
import { knownPermissions } from './role.queries.ts';

/** A role of the workspace's own that the caller decides over: it may do nothing that they may not. Nobody hands it out until the transaction ends. */
export async function lockRole(tx: Tx, caller: SignedIn, name: Role) {
  if (isBuiltIn(name))
    throw new Refusal('refused', `The role ${name} is the same in every workspace: make one of your own instead`);
  const role = await tx
    .selectFrom('role')
    .select(['name', 'description', 'permissions'])
    .where('workspaceId', '=', caller.workspaceId)
    .where('name', '=', name)
    .forUpdate()
    .executeTakeFirst();
  if (!role) throw new Refusal('not-found', `There is no role ${name} in this workspace`);
  await standing(tx, caller);
  const permissions = knownPermissions(role.permissions);
  const reason = whyNotGrant(caller, { role: name, permissions: new Set(permissions) });
  if (reason) throw new Refusal('forbidden', reason);
  return { ...role, permissions };
}
