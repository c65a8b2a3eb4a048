import type { Role } from '@clawster/contract/permission';
import { type HeldRole, isWithin } from '../role/role.ts';

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

export type RoleByGroups = {
  rule: RoleRule;
  /** What every role that the rule names may do. */
  definitions: ReadonlyMap<Role, HeldRole>;
  /** What those could do who set the rule up: a role that may more by now is given to nobody. */
  ceilings: readonly HeldRole[];
};

/** The role that groups come to, of those below every ceiling. */
export function roleBelow({ rule, definitions, ceilings }: RoleByGroups, groups: readonly string[]): Role | undefined {
  const gives = (role: Role) => {
    const permissions = definitions.get(role)?.permissions;
    return permissions !== undefined && ceilings.every((ceiling) => isWithin(permissions, ceiling.permissions));
  };
  const { defaultRole } = rule;
  return roleOfGroups(
    {
      groupRoles: rule.groupRoles.filter(({ role }) => gives(role)),
      ...(defaultRole !== undefined && gives(defaultRole) ? { defaultRole } : {}),
    },
    groups,
    (role) => definitions.get(role)?.permissions.size ?? 0,
  );
}

/** Every role these rules can give. */
export function rolesOfRule({ groupRoles, defaultRole }: RoleRule): Role[] {
  return [...new Set([...groupRoles.map(({ role }) => role), ...(defaultRole ? [defaultRole] : [])])];
}
