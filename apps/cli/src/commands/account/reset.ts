import { createClient } from '@clawster/client/client';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { serverUrl } from '../../connection.ts';
import { askHidden, readSecretsFromStdin } from '../../prompt.ts';

export const reset = cliCommand({
  usage: 'account reset',
  summary: 'Choose a new passphrase with the link you were given; all your sessions are closed',
  options: [['--password-stdin', 'read the link, and on a second line the new passphrase, from standard input']],
  input: z.object({ passwordStdin: z.boolean().default(false) }),
  async run({ world, signal }, { passwordStdin }) {
    const [link = '', password = ''] = passwordStdin
      ? await readSecretsFromStdin(world, 2)
      : [
          await askHidden(world, 'The link', '--password-stdin'),
          await askHidden(world, 'New passphrase (15 characters or more)', '--password-stdin'),
        ];
    const token = /#token=([^&\s]+)/.exec(link)?.[1] ?? link;
    await createClient({ baseUrl: serverUrl(world) }).passwordResets.use({ token, password }, { signal });
    return {};
  },
  show: () =>
    'The passphrase is changed, and all your sessions are closed. API keys go on working. Sign in: clawster login',
});
