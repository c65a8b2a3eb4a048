import { z } from 'zod';
import { asPerson, PersonOptions, personOptions } from '../../as-person.ts';
import { cliCommand } from '../../command.ts';
import { confirmByName } from '../../prompt.ts';

export const remove = cliCommand({
  usage: 'account remove',
  summary: 'Remove your own account, with your sessions, API keys and invitations',
  options: [...personOptions, ['--yes', 'do not ask for the e-mail address']],
  input: PersonOptions.extend({ yes: z.boolean().default(false) }),
  run: (context, { yes, ...who }) =>
    asPerson(context, who, async ({ client, email, secrets: [password = ''] }) => {
      const message = `Your account and the API keys you made end at once. Type ${email} to remove it`;
      const otherwise = 'That is another address: nothing was removed.';
      await confirmByName(context.world, { name: email, message, otherwise }, yes);
      await client.account.remove({ password });
      return { email };
    }),
  show: ({ email }) => `The account of ${email} is removed.`,
});
