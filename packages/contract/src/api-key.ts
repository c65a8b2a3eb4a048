import { z } from 'zod';
import { BotScope } from './label.ts';
import { Empty, Id, PageInput, pageOf, Timestamp } from './page.ts';
import { Permission, Role } from './permission.ts';
import { route } from './route.ts';

export const ApiKeyName = z.string().trim().min(1, 'Name the key after the program that uses it').max(80);

export const ApiKey = z.object({
  id: Id,
  name: ApiKeyName,
  /** The first characters, enough to recognise the key in a log or a scanner's report. */
  prefix: z.string(),
  role: Role,
  /** Narrows the role to these permissions; absent: all of the role's. */
  scopes: z.array(Permission).optional(),
  /** Narrows it to some bots; what concerns the whole workspace is then refused too. */
  bots: BotScope.optional(),
  /** Whose it is when it is a service account's; absent: a person's. */
  serviceAccount: z.object({ id: Id, name: z.string() }).optional(),
  /** Who made it; absent when their account is gone. */
  madeBy: z.object({ id: Id, name: z.string() }).optional(),
  /** Whether it is one of the caller's own. */
  isOwn: z.boolean(),
  createdAt: Timestamp,
  expiresAt: Timestamp,
  /** Which key took its place; it is good beside that one until `expiresAt`. */
  replacedBy: Id.optional(),
  lastUsedAt: Timestamp.optional(),
  revokedAt: Timestamp.optional(),
});
export type ApiKey = z.infer<typeof ApiKey>;

export const CreateApiKey = z.object({
  name: ApiKeyName,
  role: Role,
  scopes: z.array(Permission).min(1).optional(),
  bots: BotScope.optional(),
  /** Makes it a key of this service account, which outlives whoever makes it. */
  serviceAccountId: Id.optional(),
  expiresInDays: z.int().min(1).max(365).default(90),
});
export type CreateApiKey = z.infer<typeof CreateApiKey>;

export const RotateApiKey = z.object({
  apiKeyId: Id,
  /** For how long the old value stays good; 0 ends it at once. */
  overlapHours: z.int().min(0).max(168).default(24),
});

const MadeApiKey = z.object({ apiKey: ApiKey, value: z.string() });

export const apiKeys = {
  list: route({
    method: 'GET',
    path: '/api-keys',
    permission: 'api-key:own',
    summary: 'API keys of the workspace, or those of the caller alone without `api-key:read`',
    input: PageInput,
    output: pageOf(ApiKey),
  }),
  create: route({
    method: 'POST',
    path: '/api-keys',
    permission: 'api-key:own',
    summary: 'Make an API key that may do no more than the caller; its value is in this answer and never again',
    input: CreateApiKey,
    output: MadeApiKey,
  }),
  rotate: route({
    method: 'POST',
    path: '/api-keys/{apiKeyId}/rotate',
    permission: 'api-key:own',
    summary: 'Give a key a new value, in this answer and never again; the old one is good until the overlap ends',
    input: RotateApiKey,
    output: MadeApiKey,
  }),
  revoke: route({
    method: 'DELETE',
    path: '/api-keys/{apiKeyId}',
    permission: 'api-key:own',
    summary: "Revoke an API key at once; another's with `api-key:manage` alone",
    input: z.object({ apiKeyId: Id }),
    output: Empty,
  }),
};
