import { z } from 'zod';
import { Empty, Id, PageInput, pageOf, Timestamp } from './page.ts';
import { route } from './route.ts';

/** Parts with slashes between, such as `customers/acme`. */
export const ContextKey = z
  .string()
  .max(200)
  .regex(
    /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/,
    'A key is lower-case letters, digits, dots, hyphens, with slashes between parts',
  );
export const ContextText = z.string().trim().min(1, 'Write what the team is to know').max(20_000);
/** Who of the team sees it: all, its lead, or the bots of these ids (and who wrote it). */
export const Visibility = z.union([
  z.literal('team'),
  z.literal('lead'),
  z.strictObject({ bots: z.array(Id).min(1).max(50) }),
]);
export type Visibility = z.infer<typeof Visibility>;

/** Something all of a team know, at a version. */
export const ContextEntry = z.object({
  teamId: Id,
  key: z.string(),
  version: z.int(),
  /** Needs `conversation:read`. */
  text: z.string().optional(),
  author: z.object({ kind: z.enum(['person', 'bot']), id: Id, name: z.string() }),
  /** In which trace a bot wrote it. */
  traceId: z.string().optional(),
  visibility: Visibility,
  /** It stems from what people outside wrote: whoever reads it is told so, and so is all that is done with it. */
  untrusted: z.boolean(),
  expiresAt: Timestamp.optional(),
  /** This version says that there is nothing any more. */
  isDeleted: z.boolean(),
  at: Timestamp,
});
export type ContextEntry = z.infer<typeof ContextEntry>;

const One = z.object({ teamId: Id, key: ContextKey });
const base = '/teams/{teamId}/context';
export const contextEntries = {
  list: route({
    method: 'GET',
    path: base,
    permission: 'team:read',
    summary: 'What a team knows, by key; `search` looks for words in keys and texts',
    input: PageInput.extend({
      teamId: Id,
      prefix: z.string().max(200).optional(),
      search: z.string().trim().max(200).optional(),
    }),
    output: pageOf(ContextEntry),
  }),
  get: route({
    method: 'GET',
    path: `${base}/entry`,
    permission: 'team:read',
    summary: 'One entry, as it is or was at a version',
    input: One.extend({ version: z.coerce.number().int().min(1).optional() }),
    output: ContextEntry,
  }),
  history: route({
    method: 'GET',
    path: `${base}/history`,
    permission: 'team:read',
    summary: 'All versions of an entry, the newest first',
    input: One.extend(PageInput.shape),
    output: pageOf(ContextEntry),
  }),
  set: route({
    method: 'PUT',
    path: `${base}/entry`,
    permission: 'team:direct',
    summary: 'Write an entry; refused where somebody else wrote it since `baseVersion` (0: there is none yet)',
    input: One.extend({
      text: ContextText,
      baseVersion: z.int().min(0),
      visibility: Visibility.default('team'),
      expiresAt: Timestamp.optional(),
      /** A person has looked at it: it is taken as the team's own. */
      untrusted: z.boolean().default(false),
    }),
    output: ContextEntry,
  }),
  restore: route({
    method: 'POST',
    path: `${base}/restore`,
    permission: 'team:direct',
    summary: 'Write an older version anew, as the newest',
    input: One.extend({ version: z.int().min(1) }),
    output: ContextEntry,
  }),
  delete: route({
    method: 'DELETE',
    path: `${base}/entry`,
    permission: 'team:direct',
    summary: 'Take an entry out; its history stays and it can be restored',
    input: One,
    output: Empty,
  }),
};
