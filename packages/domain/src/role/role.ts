import { type BuiltInRole, builtInRoles, permissions } from '@clawster/contract/permission-list';
import type { Permission, Role } from '@clawster/contract/permission';

/** A role someone holds, with what it lets them do. */
export type HeldRole = { role: Role; permissions: ReadonlySet<Permission> };

/** What the console needs to show anything at all, and keys of one's own; of bots it shows those a binding gives. */
const belongs = [
  'workspace:read',
  'connector:read',
  'target:read',
  'runtime:read',
  'template:read',
  'api-key:own',
] as const satisfies Permission[];

/** Sees everything but who holds keys: knowing which keys exist helps nobody who may not manage them. */
const reads = [
  ...belongs,
  'person:read',
  'role:read',
  'bot:read',
  'backup:read',
  'skill:read',
  'profile:read',
  'overlay:read',
  'secret:read',
  'telemetry:read',
  'budget:read',
  'team:read',
  'inbox:read',
  'event:read',
  'audit:read',
] as const satisfies Permission[];

/**
 * Works with bots. What outlives a bot (keys, connectors, runtimes) and what ends one (destroy) is not theirs; nor is
 * what ends a state: to restore over it, or to delete a backup. Taking a backup harms nothing.
 */
const operates = [
  'bot:create',
  'bot:update',
  'bot:operate',
  'bot:chat',
  'conversation:read',
  'backup:create',
  'team:direct',
  'inbox:decide',
] as const satisfies Permission[];

/** Makes and ends what bots are made of. Labels stay with admins: they decide who reaches a bot. */
const develops = [
  'bot:destroy',
  'backup:manage',
  'template:manage',
  'skill:manage',
  'profile:manage',
  'overlay:manage',
  'connector:manage',
  'secret:manage',
  'runtime:install',
  'team:manage',
  'notifier:manage',
] as const satisfies Permission[];

/** What each role that every workspace has may do. */
export const roleMatrix: Readonly<Record<BuiltInRole, ReadonlySet<Permission>>> = {
  owner: new Set(permissions),
  admin: new Set(permissions.filter((permission) => permission !== 'workspace:manage')),
  developer: new Set([...reads, ...operates, ...develops]),
  operator: new Set([...reads, ...operates]),
  auditor: new Set([...reads, 'api-key:read']),
  viewer: new Set(reads),
  member: new Set(belongs),
};

/** A role that every workspace has. */
export function builtInRole(role: BuiltInRole): HeldRole {
  return { role, permissions: roleMatrix[role] };
}

export function isBuiltIn(role: Role): role is BuiltInRole {
  return (builtInRoles as readonly string[]).includes(role);
}

/** Whether `inner` gives nothing that `outer` does not. */
export function isWithin(inner: ReadonlySet<Permission>, outer: ReadonlySet<Permission>): boolean {
  return [...inner].every((permission) => outer.has(permission));
}

/** A role's permissions, narrowed by scopes where there are any: scopes take away and never add. */
export function narrowed(held: ReadonlySet<Permission>, scopes?: readonly Permission[]): ReadonlySet<Permission> {
  return scopes ? new Set(scopes.filter((scope) => held.has(scope))) : held;
}

/** Why this grant would give more than its giver has, or undefined when it does not. */
export function whyNotGrant(
  giver: HeldRole,
  grant: HeldRole & { scopes?: readonly Permission[] | undefined },
): string | undefined {
  const outside = grant.scopes?.filter((scope) => !grant.permissions.has(scope)) ?? [];
  if (outside.length > 0) return `The role ${grant.role} does not have ${outside.join(', ')}: leave these scopes out`;
  const lacking = [...narrowed(grant.permissions, grant.scopes)].filter((one) => !giver.permissions.has(one));
  if (lacking.length > 0)
    return `You cannot hand out the role ${grant.role}, since you lack yourself: ${lacking.join(', ')}`;
  return undefined;
}
