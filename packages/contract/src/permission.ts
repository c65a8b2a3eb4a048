import { z } from 'zod';
import { permissions } from './permission-list.ts';

export const Permission = z.enum(permissions);
export type Permission = z.infer<typeof Permission>;

/** A role by name: a built-in one, or one the workspace made itself. */
export const Role = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, 'Use 2 to 40 lower-case letters, digits and hyphens, beginning with a letter');
export type Role = z.infer<typeof Role>;
