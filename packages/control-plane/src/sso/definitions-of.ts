import type { Role } from '@clawster/contract/permission';
import type { HeldRole } from '@clawster/domain/role/role';
import { type RoleRule, rolesOfRule } from '@clawster/domain/sso/role-of-groups';
import { findDefinition } from '../role/role.queries.ts';
import type { Tx } from '../transaction.ts';

/** What the roles that groups are mapped to may do now; one that was deleted is left out. */
export async function definitionsOf(tx: Tx, workspaceId: string, rule: RoleRule): Promise<Map<Role, HeldRole>> {
  const definitions = new Map<Role, HeldRole>();
  for (const role of rolesOfRule(rule)) {
    const definition = await findDefinition(tx, workspaceId, role);
    // One that may do nothing was deleted since: it is given to nobody.
    if (definition.permissions.size > 0) definitions.set(role, definition);
  }
  return definitions;
}
