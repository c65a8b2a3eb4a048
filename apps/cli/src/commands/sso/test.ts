import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal } from '../../failure.ts';

export const test = cliCommand({
  usage: 'sso test',
  summary: 'Ask the identity provider whether it is there and knows our client id and secret',
  input: z.object({}),
  async run({ client, signal }) {
    const check = await client.sso.test({}, { signal });
    if (!check.ok) throw new CliRefusal(check.message);
    return check;
  },
  show: (check) => check.message,
});
