import { asPerson, PersonOptions, personOptions } from '../../as-person.ts';
import { cliCommand } from '../../command.ts';

export const removeTotp = cliCommand({
  usage: 'account remove-totp',
  summary: 'Ask for no code of the authenticator app any more; recovery codes end with your last factor',
  options: personOptions,
  input: PersonOptions,
  run: (context, who) =>
    asPerson(context, who, ({ client, secrets: [password = ''] }) => client.account.removeTotp({ password })),
  show: () => 'The app is asked for no more.',
});
