import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findSecret } from './find-secret.ts';

export const deleteSecret = cliCommand({
  usage: 'secret delete <secret>',
  summary: 'Delete a secret that nothing uses, and all its values',
  input: z.object({ secret: z.string() }),
  async run({ client }, { secret: wanted }) {
    const secret = await findSecret(client, wanted);
    await client.secrets.delete({ secretId: secret.id });
    return secret;
  },
  show: ({ name }) => `${name} is deleted with all its values.`,
});
