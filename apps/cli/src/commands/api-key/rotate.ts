import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findApiKey } from './find-api-key.ts';

export const rotate = cliCommand({
  usage: 'api-key rotate <key>',
  summary: 'Give an API key, by name or id, a new value; it is printed now and never again',
  options: [['--overlap-hours <hours>', 'for how long the old value stays good, at most 168; 0 ends it at once (24)']],
  input: z.object({ key: z.string(), overlapHours: z.coerce.number().int().min(0).max(168).default(24) }),
  async run({ client }, { key: nameOrId, overlapHours }) {
    const { id: apiKeyId } = await findApiKey(client, nameOrId);
    return { ...(await client.apiKeys.rotate({ apiKeyId, overlapHours })), overlapHours };
  },
  show({ apiKey, value, overlapHours }, out) {
    const old =
      overlapHours === 0 ? 'The old value is refused from now on.' : `The old value ends in ${overlapHours} hours.`;
    out.note(`${apiKey.name} until ${apiKey.expiresAt.slice(0, 10)}. ${old} Keep the new one now:`);
    return value;
  },
});
