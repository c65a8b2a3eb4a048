import { z } from 'zod';
import { Id, PageInput, pageOf, Timestamp } from './page.ts';
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
});
export type Identity = z.infer<typeof Identity>;

export const people = {
  list: route({
    method: 'GET',
    path: '/people',
    permission: 'person:read',
    summary: 'The people of the workspace',
    input: PageInput,
    output: pageOf(Person),
  }),
};
