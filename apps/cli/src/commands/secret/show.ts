import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { secretDetails } from '../../secret-text.ts';
import { findSecret } from './find-secret.ts';

export const show = cliCommand({
  usage: 'secret show <secret>',
  summary: 'Show a secret with its versions; never a value',
  input: z.object({ secret: z.string() }),
  run: async ({ client }, { secret }) => client.secrets.get({ secretId: (await findSecret(client, secret)).id }),
  show: secretDetails,
});
