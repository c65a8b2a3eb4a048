import type { Role } from '@clawster/contract/permission';

export type RoleRule = { groupRoles: readonly { group: string; role: Role }[]; defaultRole?: Role | undefined };

/**
 * Of the roles that the groups have the one that may do most, the first of several; in no mapped group the default.
 * Undefined for who is not to be let in. `sizeOf` tells how many permissions a role has.
 */
export function roleOfGroups(
  { groupRoles, defaultRole }: RoleRule,
  groups: readonly string[],
  sizeOf: (role: Role) => number,
): Role | undefined {
  const held = new Set(groups);
  const mapped = groupRoles.filter(({ group }) => held.has(group)).map(({ role }) => role);
  const [first, ...rest] = mapped;
  if (first === undefined) return defaultRole;
  return rest.reduce((most, role) => (sizeOf(role) > sizeOf(most) ? role : most), first);
}

/** Every role these rules can give. */
export function rolesOfRule({ groupRoles, defaultRole }: RoleRule): Role[] {
  return [...new Set([...groupRoles.map(({ role }) => role), ...(defaultRole ? [defaultRole] : [])])];
}
