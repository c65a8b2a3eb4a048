import type { Role } from '@clawster/contract/permission';
import { isAbove } from '../role/role.ts';

export type RoleRule = { groupRoles: readonly { group: string; role: Role }[]; defaultRole?: Role | undefined };

/** The highest role that one of the groups has, else the default; undefined for who is not to be let in. */
export function roleOfGroups({ groupRoles, defaultRole }: RoleRule, groups: readonly string[]): Role | undefined {
  const held = new Set(groups);
  const mapped = groupRoles.filter(({ group }) => held.has(group)).map(({ role }) => role);
  return (
    mapped.reduce<Role | undefined>(
      (highest, role) => (highest === undefined || isAbove(role, highest) ? role : highest),
      undefined,
    ) ?? defaultRole
  );
}

/** Every role these rules can give. */
export function rolesOfRule({ groupRoles, defaultRole }: RoleRule): Role[] {
  return [...new Set([...groupRoles.map(({ role }) => role), ...(defaultRole ? [defaultRole] : [])])];
}
