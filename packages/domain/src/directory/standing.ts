import type { Role } from '@clawster/contract/permission';
import { type HeldRole, isWithin } from '../role/role.ts';
import { roleOfGroups, type RoleRule } from '../sso/role-of-groups.ts';

/** A group as it is mapped: by its name, or by the id that the directory has for it. */
export type NamedGroup = { displayName: string; externalId: string | null };

export type RoleByGroups = {
  rule: RoleRule;
  /** What every role that the rule names may do. */
  definitions: ReadonlyMap<Role, HeldRole>;
  ceilings: readonly HeldRole[];
};

/** The role that groups come to; one above a ceiling is given to nobody. */
export function roleBy({ rule, definitions, ceilings }: RoleByGroups, groups: readonly NamedGroup[]): Role | undefined {
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
    groups.flatMap(({ displayName, externalId }) => (externalId === null ? [displayName] : [displayName, externalId])),
    (role) => definitions.get(role)?.permissions.size ?? 0,
  );
}

/** Why a directory keeps somebody out, or undefined while it lets them in. */
export function whyShut(user: { active: boolean; followsGroups: boolean; role: Role | undefined }) {
  if (!user.active) return 'inactive' as const;
  return user.followsGroups && user.role === undefined ? ('in-no-group' as const) : undefined;
}
