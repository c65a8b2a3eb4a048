import { createClient } from '@clawster/client/client';
import { Email } from '@clawster/contract/person';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { serverUrl } from '../../connection.ts';

export const forgotten = cliCommand({
  usage: 'account forgotten <email>',
  summary: 'Have a link mailed by which you choose a new passphrase, when you forgot yours',
  input: z.object({ email: Email }),
  async run({ world, signal }, { email }) {
    const client = createClient({ baseUrl: serverUrl(world) });
    const { byMail } = await client.passwordResets.show({}, { signal });
    if (byMail) await client.passwordResets.ask({ email }, { signal });
    return { email, byMail };
  },
  show: ({ email, byMail }) =>
    byMail
      ? `If ${email} has an account, a mail is on its way. Open its link, or give it to: clawster account reset`
      : `This Clawster sends no mail. An owner of your workspace makes you a link (clawster person reset-link ${email}), or whoever runs the server, there (clawster installation reset-link ${email}).`,
});
