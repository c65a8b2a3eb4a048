import { z } from 'zod';
import { Empty, Id, PageInput, pageOf, Timestamp } from './page.ts';
import { BotScope } from './label.ts';
import { Permission, Role } from './permission.ts';
import { route } from './route.ts';

export const PersonName = z.string().trim().min(1, 'Enter a name').max(80);
export const Email = z.email('Enter an e-mail address such as ada@example.com').max(254).toLowerCase();
/** 15 characters or more; whether it is easily guessed is judged by the server's passphrase meter too. */
export const Password = z
  .string()
  .min(15, 'Use at least 15 characters; four or five unrelated words work well')
  .max(256);

export const Person = z.object({
  id: Id,
  name: PersonName,
  email: z.string(),
  role: Role,
  createdAt: Timestamp,
  lastSeenAt: Timestamp.optional(),
  /** Since when they are let in no more; absent while they are. */
  disabledAt: Timestamp.optional(),
  /** Set for those whom a directory decides over; absent for all others. */
  directory: z
    .object({
      name: z.string(),
      /** `inactive`: it has deactivated them. `in-no-group`: they wait for a group with a role. */
      standing: z.enum(['active', 'inactive', 'in-no-group']),
      /** Whether their role follows its groups, and so is changed there. */
      followsGroups: z.boolean(),
    })
    .optional(),
  /** How many keys in force they made; told to those who may see keys. */
  apiKeyCount: z.int().nonnegative().optional(),
});
export type Person = z.infer<typeof Person>;

export const Workspace = z.object({ id: Id, name: z.string(), createdAt: Timestamp });
export type Workspace = z.infer<typeof Workspace>;

/** Who is asking, what they may do, and where. */
export const Identity = z.object({
  caller: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('person'), person: Person }),
    z.object({ kind: z.literal('api-key'), id: Id, name: z.string() }),
  ]),
  workspace: Workspace,
  role: Role,
  permissions: z.array(Permission),
  /** Set when the workspace requires a second factor of this person, who has none: after `dueAt` nothing but adding one is let through. */
  missingFactor: z.object({ dueAt: Timestamp, isOverdue: z.boolean() }).optional(),
  /** What they may do to some bots beside it. */
  grants: z.array(z.object({ role: Role, permissions: z.array(Permission), bots: BotScope })),
});
export type Identity = z.infer<typeof Identity>;

/** What ended with someone's access: all of these were closed or revoked with it. */
export const EndedAccess = z.object({
  sessions: z.int().nonnegative(),
  apiKeys: z.int().nonnegative(),
  invitations: z.int().nonnegative(),
});
export type EndedAccess = z.infer<typeof EndedAccess>;

const OnePerson = z.object({ personId: Id });

export const people = {
  list: route({
    method: 'GET',
    path: '/people',
    permission: 'person:read',
    summary: 'The people of the workspace',
    input: PageInput,
    output: pageOf(Person),
  }),
  changeRole: route({
    method: 'PATCH',
    path: '/people/{personId}',
    permission: 'person:manage',
    summary: "Change someone's role; keys and invitations of theirs that stand above the new one are revoked",
    input: OnePerson.extend({ role: Role }),
    output: EndedAccess,
  }),
  disable: route({
    method: 'POST',
    path: '/people/{personId}/disable',
    permission: 'person:manage',
    summary: 'Let someone in no more until they are enabled; their sessions, keys and invitations end at once',
    input: OnePerson,
    output: EndedAccess,
  }),
  enable: route({
    method: 'POST',
    path: '/people/{personId}/enable',
    permission: 'person:manage',
    summary: 'Let someone in again who was disabled; keys that were revoked stay so',
    input: OnePerson,
    output: Empty,
  }),
  makeResetLink: route({
    method: 'POST',
    path: '/people/{personId}/reset-link',
    permission: 'person:manage',
    summary:
      'Make a link by which someone who belongs to this workspace alone chooses a new password; for owners. It is in this answer and never again',
    input: OnePerson,
    output: z.object({ link: z.string(), expiresAt: Timestamp }),
  }),
  remove: route({
    method: 'DELETE',
    path: '/people/{personId}',
    permission: 'person:manage',
    summary: 'Remove someone from the workspace; their sessions, keys and invitations end at once',
    input: OnePerson,
    output: EndedAccess,
  }),
};
