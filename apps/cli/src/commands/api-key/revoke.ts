import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findApiKey } from './find-api-key.ts';

export const revoke = cliCommand({
  usage: 'api-key revoke <key>',
  summary: 'Revoke an API key, by name or id, at once',
  input: z.object({ key: z.string() }),
  async run({ client }, { key: nameOrId }) {
    const key = await findApiKey(client, nameOrId);
    await client.apiKeys.revoke({ apiKeyId: key.id });
    return key;
  },
  show: (key) => `${key.name} is revoked.`,
});
