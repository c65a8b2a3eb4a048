import { z } from 'zod';
import { BotScope } from './label.ts';
import { Empty, Id, PageInput, pageOf, Timestamp } from './page.ts';
import { Permission, Role } from './permission.ts';
import { EndedAccess } from './person.ts';
import { route } from './route.ts';

const Description = z.string().trim().max(200);
const Permissions = z
  .array(Permission)
  .min(1, 'Choose at least one permission')
  .transform((chosen) => [...new Set(chosen)]);

export const RoleDefinition = z.object({
  name: Role,
  description: z.string(),
  permissions: z.array(Permission),
  /** One that every workspace has, and nobody changes. */
  builtIn: z.boolean(),
  /** How many people have it, for all bots or for some. */
  people: z.int().nonnegative(),
});
export type RoleDefinition = z.infer<typeof RoleDefinition>;

export const CreateRole = z.object({ name: Role, description: Description.default(''), permissions: Permissions });
export type CreateRole = z.infer<typeof CreateRole>;

/** What someone may do to some bots beside what their role lets them do to all. */
export const RoleBinding = z.object({
  id: Id,
  personId: Id,
  personName: z.string(),
  role: Role,
  bots: BotScope,
  /** Of the one bot, where it is one. */
  botName: z.string().optional(),
  createdAt: Timestamp,
});
export type RoleBinding = z.infer<typeof RoleBinding>;

export const BindRole = z.object({ personId: Id, role: Role, bots: BotScope });
export type BindRole = z.infer<typeof BindRole>;

export const roles = {
  list: route({
    method: 'GET',
    path: '/roles',
    permission: 'role:read',
    summary: 'The roles of the workspace, built-in ones first, with what each may do',
    input: Empty,
    output: z.object({ items: z.array(RoleDefinition) }),
  }),
  create: route({
    method: 'POST',
    path: '/roles',
    permission: 'role:manage',
    summary: 'Make a role out of permissions the caller has',
    input: CreateRole,
    output: RoleDefinition,
  }),
  update: route({
    method: 'PATCH',
    path: '/roles/{role}',
    permission: 'role:manage',
    summary:
      'Change what a role may do, at once for all who have it; keys and invitations of theirs above it are revoked',
    input: z.object({ role: Role, description: Description.optional(), permissions: Permissions.optional() }),
    output: EndedAccess,
  }),
  delete: route({
    method: 'DELETE',
    path: '/roles/{role}',
    permission: 'role:manage',
    summary: 'Delete a role that nobody has any more',
    input: z.object({ role: Role }),
    output: Empty,
  }),
};

export const roleBindings = {
  list: route({
    method: 'GET',
    path: '/role-bindings',
    permission: 'role:read',
    summary: 'Who may do more to some bots than their role says, newest first',
    input: PageInput.extend({ personId: Id.optional() }),
    output: pageOf(RoleBinding),
  }),
  create: route({
    method: 'POST',
    path: '/role-bindings',
    permission: 'person:manage',
    summary: 'Give someone a role for one bot, or for those with certain labels',
    input: BindRole,
    output: RoleBinding,
  }),
  delete: route({
    method: 'DELETE',
    path: '/role-bindings/{bindingId}',
    permission: 'person:manage',
    summary: 'Take a role for some bots away again, at once',
    input: z.object({ bindingId: Id }),
    output: Empty,
  }),
};
