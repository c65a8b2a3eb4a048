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
  createdAt: Timestamp,
  expiresAt: Timestamp,
  lastUsedAt: Timestamp.optional(),
  revokedAt: Timestamp.optional(),
});
export type ApiKey = z.infer<typeof ApiKey>;

export const CreateApiKey = z.object({
  name: ApiKeyName,
  role: Role,
  scopes: z.array(Permission).min(1).optional(),
  bots: BotScope.optional(),
  expiresInDays: z.int().min(1).max(365).default(90),
});
export type CreateApiKey = z.infer<typeof CreateApiKey>;

export const apiKeys = {
  list: route({
    method: 'GET',
    path: '/api-keys',
    permission: 'api-key:read',
    summary: 'API keys of the workspace',
    input: PageInput,
    output: pageOf(ApiKey),
  }),
  create: route({
    method: 'POST',
    path: '/api-keys',
    permission: 'api-key:manage',
    summary: 'Make an API key; its value is in this answer and never again',
    input: CreateApiKey,
    output: z.object({ apiKey: ApiKey, value: z.string() }),
  }),
  revoke: route({
    method: 'DELETE',
    path: '/api-keys/{apiKeyId}',
    permission: 'api-key:manage',
    summary: 'Revoke an API key at once',
    input: z.object({ apiKeyId: Id }),
    output: Empty,
  }),
};
