import { z } from 'zod';

/** Every permission there is, `noun:verb`. Roles are sets of these (domain/role). */
export const permissions = [
  'workspace:read',
  'person:read',
  'person:manage',
  'api-key:read',
  'api-key:manage',
  'bot:read',
  'bot:create',
  'bot:update',
  'bot:operate',
  'bot:chat',
  'bot:destroy',
  'backup:read',
  'backup:create',
  'backup:manage',
  'connector:read',
  'connector:manage',
  'target:read',
  'target:manage',
  'runtime:read',
  'runtime:install',
  'event:read',
] as const;

export const Permission = z.enum(permissions);
export type Permission = z.infer<typeof Permission>;

export const roles = ['owner', 'admin', 'operator', 'viewer'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;
