import type { Role } from '@clawster/contract/permission';
import { roleBelow, type RoleByGroups } from '../sso/role-of-groups.ts';

/** A group as it is mapped: by its name, or by the id that the directory has for it. */
export type NamedGroup = { displayName: string; externalId: string | null };

/** The role that the groups of a directory come to; one above a ceiling is given to nobody. */
export function roleBy(mapping: RoleByGroups, groups: readonly NamedGroup[]): Role | undefined {
  return roleBelow(
    mapping,
    groups.flatMap(({ displayName, externalId }) => (externalId === null ? [displayName] : [displayName, externalId])),
  );
}

/** Why a directory keeps somebody out, or undefined while it lets them in. */
export function whyShut(user: { active: boolean; followsGroups: boolean; role: Role | undefined }) {
  if (!user.active) return 'inactive' as const;
  return user.followsGroups && user.role === undefined ? ('in-no-group' as const) : undefined;
}
