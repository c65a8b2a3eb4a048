import { z } from 'zod';
import { Empty, Id, PageInput, pageOf, Timestamp } from './page.ts';
import { route } from './route.ts';
import { SecretReference } from './secret-source.ts';

export const SecretName = z.string().trim().min(1, 'Name the secret, such as OpenAI key').max(80);
/** Written and never read again: no answer, event or log of Clawster holds one. */
export const SecretValue = z
  .string()
  .transform((value) => value.trim())
  .pipe(z.string().min(1, 'Enter the secret').max(4_000, 'A secret is at most 4,000 characters long'));
const Note = z.string().trim().max(300);
/** When the service that issued it lets it end; told of in time, and not enforced by Clawster. */
const ExpiresAt = Timestamp;
const RotateDays = z.int().min(1, 'Rotate every day at the soonest').max(3_650);

/** What a secret is used by: a model provider, a channel or an exporter, and which of its fields. */
export const SecretUse = z.object({
  kind: z.enum(['connector', 'channel', 'exporter']),
  id: Id,
  name: z.string(),
  field: z.string(),
});
export type SecretUse = z.infer<typeof SecretUse>;

/** `former`: no longer given to a bot, and can be given back. `revoked`: its value is gone. */
export const SecretVersion = z.object({
  version: z.int(),
  state: z.enum(['current', 'former', 'revoked']),
  author: z.string(),
  createdAt: Timestamp,
  expiresAt: Timestamp.optional(),
  revokedAt: Timestamp.optional(),
  /** Whether the service still takes it, as it was last asked: a value that was replaced should be dead. */
  proof: z.object({ dead: z.boolean(), text: z.string(), at: Timestamp }).optional(),
});
export type SecretVersion = z.infer<typeof SecretVersion>;

export const Secret = z.object({
  id: Id,
  name: SecretName,
  note: z.string(),
  version: z.int(),
  /** Of the current version. */
  setAt: Timestamp,
  expiresAt: Timestamp.optional(),
  rotateDays: RotateDays.optional(),
  /** When it is to be replaced, by its schedule or because it expires; in the past: overdue. */
  dueAt: Timestamp.optional(),
  uses: z.array(SecretUse),
  /** Bots that are given it now. */
  botCount: z.int(),
  /** When it last went to a bot. */
  deliveredAt: Timestamp.optional(),
  /** The rotation that goes on. */
  rotationId: Id.optional(),
  /** Where it is kept outside of Clawster, which follows it there; absent: here. */
  source: SecretReference.optional(),
  /** When its source was last read, and why it could not be the last time or was not given to bots; absent: all is well. */
  readAt: Timestamp.optional(),
  readTrouble: z.string().optional(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Secret = z.infer<typeof Secret>;

/** That a version was given to a bot, and what its supervisor said of it. */
export const SecretAccess = z.object({
  botId: Id,
  botName: z.string(),
  version: z.int(),
  firstAt: Timestamp,
  lastAt: Timestamp,
  count: z.int(),
  /** Whether the running bot proved that it works with it; absent: not yet. */
  proof: z.object({ ok: z.boolean(), text: z.string(), at: Timestamp }).optional(),
});
export type SecretAccess = z.infer<typeof SecretAccess>;

const One = z.object({ secretId: Id });

export const secrets = {
  list: route({
    method: 'GET',
    path: '/secrets',
    permission: 'secret:read',
    summary: 'Secrets of the workspace by name, without their values',
    input: PageInput.extend({ search: z.string().trim().max(100).optional() }),
    output: pageOf(Secret),
  }),
  get: route({
    method: 'GET',
    path: '/secrets/{secretId}',
    permission: 'secret:read',
    summary: 'One secret with its versions, without their values',
    input: One,
    output: Secret.extend({ versions: z.array(SecretVersion) }),
  }),
  accesses: route({
    method: 'GET',
    path: '/secrets/{secretId}/accesses',
    permission: 'secret:read',
    summary: 'Which version went to which bot, when last, and whether it proved that it works with it',
    input: PageInput.extend(One.shape),
    output: pageOf(SecretAccess),
  }),
  create: route({
    method: 'POST',
    path: '/secrets',
    permission: 'secret:manage',
    summary: 'Keep a secret under a name, by its value or by where it is kept; its value is not to be read again',
    input: z.object({
      name: SecretName,
      /** This or `source`. */
      value: SecretValue.optional(),
      source: SecretReference.optional(),
      note: Note.default(''),
      expiresAt: ExpiresAt.optional(),
      rotateDays: RotateDays.optional(),
    }),
    output: Secret,
  }),
  update: route({
    method: 'PATCH',
    path: '/secrets/{secretId}',
    permission: 'secret:manage',
    summary:
      'Rename a secret, or change its note, expiry, schedule and source; null takes them away. A new value is a rotation',
    input: One.extend({
      name: SecretName.optional(),
      note: Note.optional(),
      expiresAt: ExpiresAt.nullable().optional(),
      rotateDays: RotateDays.nullable().optional(),
      /** Read first; another value there begins a rotation. Null: from now on it is kept here. */
      source: SecretReference.nullable().optional(),
    }),
    output: Secret,
  }),
  refresh: route({
    method: 'POST',
    path: '/secrets/{secretId}/refresh',
    permission: 'secret:manage',
    summary: 'Read a secret from its source now; another value there begins a rotation',
    input: One,
    output: Secret,
  }),
  delete: route({
    method: 'DELETE',
    path: '/secrets/{secretId}',
    permission: 'secret:manage',
    summary: 'Delete a secret that nothing uses, and all its values',
    input: One,
    output: Empty,
  }),
};
