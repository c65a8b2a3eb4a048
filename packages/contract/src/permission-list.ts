import type { Permission } from './permission.ts';

// Apart from the schemas, for a page in a browser that checks nothing and should not load what does.

/** Every permission there is, `noun:verb`. Roles are sets of these (domain/role). */
export const permissions = [
  'workspace:read',
  'workspace:manage',
  'person:read',
  'person:manage',
  'role:read',
  'role:manage',
  'api-key:read',
  'api-key:manage',
  'api-key:own',
  'bot:read',
  'bot:create',
  'bot:update',
  'bot:label',
  'bot:operate',
  'bot:chat',
  'bot:destroy',
  'backup:read',
  'backup:create',
  'backup:manage',
  'template:read',
  'template:manage',
  'skill:read',
  'skill:manage',
  'profile:read',
  'profile:manage',
  'overlay:read',
  'overlay:manage',
  'connector:read',
  'connector:manage',
  'secret:read',
  'secret:manage',
  'target:read',
  'target:manage',
  'runtime:read',
  'runtime:install',
  'telemetry:read',
  'telemetry:manage',
  'conversation:read',
  'budget:read',
  'budget:manage',
  'team:read',
  'team:manage',
  'team:direct',
  'inbox:read',
  'inbox:decide',
  'notifier:manage',
  'event:read',
  'audit:read',
  'audit:manage',
] as const;

/** Those that can be given for some bots only; all others concern the whole workspace. */
export const botPermissions = [
  'bot:read',
  'bot:create',
  'bot:update',
  'bot:label',
  'bot:operate',
  'bot:chat',
  'bot:destroy',
  'backup:read',
  'backup:create',
  'backup:manage',
  'telemetry:read',
  'conversation:read',
  'event:read',
] as const satisfies Permission[];

/** The roles every workspace has. */
export const builtInRoles = ['owner', 'admin', 'developer', 'operator', 'auditor', 'viewer', 'member'] as const;
export type BuiltInRole = (typeof builtInRoles)[number];
