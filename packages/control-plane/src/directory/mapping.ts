import type { Role } from '@clawster/contract/permission';
import type { RoleByGroups } from '@clawster/domain/directory/standing';
import type { HeldRole } from '@clawster/domain/role/role';
import { rolesOfRule } from '@clawster/domain/sso/role-of-groups';
import { findDefinition } from '../role/role.queries.ts';
import { findProvider } from '../sso/provider.queries.ts';
import type { Tx } from '../transaction.ts';
import type { StoredDirectory } from './directory.queries.ts';

/** What single sign-on was set up with, as far as a directory goes by it. */
export type Mapping = RoleByGroups & { emailDomains: readonly string[] };

/** Which group has which role, and whose addresses are taken: one list for the provider and the directory of a workspace. */
export async function mappingOf(tx: Tx, { workspaceId, ceiling }: StoredDirectory): Promise<Mapping> {
  const stored = await findProvider(tx, workspaceId);
  const rule = stored?.provider ?? { groupRoles: [] };
  const definitions = new Map<Role, HeldRole>();
  for (const role of rolesOfRule(rule)) {
    const definition = await findDefinition(tx, workspaceId, role);
    // One that may do nothing was deleted since: it is given to nobody.
    if (definition.permissions.size > 0) definitions.set(role, definition);
  }
  return {
    rule,
    definitions,
    ceilings: stored ? [ceiling, stored.ceiling] : [ceiling],
    emailDomains: stored?.provider.emailDomains ?? [],
  };
}
