import { Email } from '@clawster/contract/person';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal } from '../../failure.ts';

export const test = cliCommand({
  usage: 'mail test <email>',
  summary: 'Send a test mail',
  input: z.object({ email: Email }),
  async run({ client, signal }, { email }) {
    const check = await client.mail.test({ to: email }, { signal });
    if (!check.ok) throw new CliRefusal(check.message);
    return check;
  },
  show: (check) => check.message,
});
