import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { ago, table } from '../../output.ts';

export const list = cliCommand({
  usage: 'api-key list',
  summary: 'List API keys',
  input: z.object({}),
  run: ({ client }) => allPages((cursor) => client.apiKeys.list({ limit: 200, cursor })),
  show: (keys) =>
    table(
      ['id', 'name', 'prefix', 'role', 'expires', 'last used'],
      keys.map(({ id, name, prefix, role, expiresAt, lastUsedAt, revokedAt }) => [
        id,
        name,
        prefix,
        role,
        revokedAt ? 'revoked' : expiresAt.slice(0, 10),
        lastUsedAt ? `${ago(lastUsedAt)} ago` : 'never',
      ]),
      'No API keys yet.',
    ),
});
