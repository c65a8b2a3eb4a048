import type { ApiKey } from '@clawster/contract/api-key';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { ago, table } from '../../output.ts';

export const list = cliCommand({
  usage: 'api-key list',
  summary: 'List API keys: all for those who may see them, else your own',
  input: z.object({}),
  run: ({ client }) => allPages((cursor) => client.apiKeys.list({ limit: 200, cursor })),
  show: (keys) =>
    table(
      ['id', 'name', 'prefix', 'role', 'of', 'expires', 'last used'],
      keys.map((key) => [
        key.id,
        key.name,
        key.prefix,
        key.role,
        key.serviceAccount?.name ?? key.madeBy?.name ?? '',
        sayEnd(key),
        key.lastUsedAt ? `${ago(key.lastUsedAt)} ago` : 'never',
      ]),
      'No API keys yet.',
    ),
});

function sayEnd({ revokedAt, expiresAt, replacedBy }: ApiKey): string {
  if (revokedAt) return 'revoked';
  return replacedBy ? `replaced, until ${expiresAt.slice(0, 16)}Z` : expiresAt.slice(0, 10);
}
