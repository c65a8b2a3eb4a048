import { asPerson, PersonOptions } from '../../as-person.ts';
import { codeOption } from '../../sign-in.ts';
import { cliCommand } from '../../command.ts';

export const password = cliCommand({
  usage: 'account password',
  summary: 'Change your passphrase; your other sessions are closed, API keys go on working',
  options: [
    ['--email <address>', 'who you are'],
    codeOption,
    ['--password-stdin', 'read the passphrase, and on a second line the new one, from standard input'],
  ],
  input: PersonOptions,
  run: (context, who) =>
    asPerson(
      context,
      { ...who, questions: ['New passphrase (15 characters or more)'] },
      async ({ client, email, secrets: [current = '', next = ''] }) => {
        await client.account.changePassword({ password: current, newPassword: next });
        return { email };
      },
    ),
  show: () => 'The passphrase is changed. Your other sessions are closed; API keys go on working.',
});
