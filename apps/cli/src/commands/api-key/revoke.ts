import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages, named } from '../../find.ts';

export const revoke = cliCommand({
  usage: 'api-key revoke <key>',
  summary: 'Revoke an API key, by name or id, at once',
  input: z.object({ key: z.string() }),
  async run({ client }, { key: nameOrId }) {
    const keys = (await allPages((cursor) => client.apiKeys.list({ limit: 200, cursor }))).filter(
      ({ revokedAt }) => !revokedAt,
    );
    const key =
      keys.find(({ id }) => id === nameOrId) ??
      named(keys, nameOrId, { what: 'API key', list: 'clawster api-key list' });
    await client.apiKeys.revoke({ apiKeyId: key.id });
    return key;
  },
  show: (key) => `${key.name} is revoked.`,
});
