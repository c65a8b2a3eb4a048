import { permissions, roles, type Permission, type Role } from '@clawster/contract/permission';

/** Sees everything but who holds keys: knowing which keys exist helps nobody who may not manage them. */
const reads = [
  'workspace:read',
  'person:read',
  'bot:read',
  'backup:read',
  'connector:read',
  'target:read',
  'runtime:read',
  'event:read',
] as const satisfies Permission[];

/**
 * Works with bots. What outlives a bot (keys, connectors, runtimes) and what ends one (destroy) is the admin's; so is
 * what ends a state: to restore over it, or to delete a backup. Taking a backup harms nothing.
 */
const operates = [
  'bot:create',
  'bot:update',
  'bot:operate',
  'bot:chat',
  'backup:create',
] as const satisfies Permission[];

/** What each role may do. An admin may do all an owner may; that nobody hands out a role above their own keeps owners above admins. */
export const roleMatrix: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  owner: new Set(permissions),
  admin: new Set(permissions),
  operator: new Set([...reads, ...operates]),
  viewer: new Set(reads),
};

/** Whether `role` stands above `other`, so that holding `other` is not enough to hand it out. */
export function isAbove(role: Role, other: Role): boolean {
  return roles.indexOf(role) < roles.indexOf(other);
}

/** The role's permissions, narrowed by scopes where there are any: scopes take away and never add. */
export function permissionsOf(role: Role, scopes?: readonly Permission[]): ReadonlySet<Permission> {
  return scopes ? new Set(scopes.filter((scope) => roleMatrix[role].has(scope))) : roleMatrix[role];
}

/** Why this grant would give more than its giver has, or undefined when it does not. */
export function whyNotGrant(
  giver: { role: Role; permissions: ReadonlySet<Permission> },
  grant: { role: Role; scopes?: readonly Permission[] | undefined },
): string | undefined {
  if (isAbove(grant.role, giver.role))
    return `As ${giver.role} you cannot hand out the role ${grant.role}: choose ${giver.role} or less`;
  const outside = grant.scopes?.filter((scope) => !roleMatrix[grant.role].has(scope)) ?? [];
  if (outside.length > 0) return `The role ${grant.role} does not have ${outside.join(', ')}: leave these scopes out`;
  const lacking = [...permissionsOf(grant.role, grant.scopes)].filter(
    (permission) => !giver.permissions.has(permission),
  );
  if (lacking.length > 0) return `You cannot hand out what you lack yourself: ${lacking.join(', ')}`;
  return undefined;
}
