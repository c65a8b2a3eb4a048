import { asPerson, PersonOptions, personOptions } from '../../as-person.ts';
import { cliCommand } from '../../command.ts';

export const recoveryCodes = cliCommand({
  usage: 'account recovery-codes',
  summary: 'Make ten fresh recovery codes, in place of all earlier ones; they are printed now and never again',
  options: personOptions,
  input: PersonOptions,
  run: (context, who) =>
    asPerson(context, who, ({ client, secrets: [password = ''] }) => client.account.makeRecoveryCodes({ password })),
  show(made, out) {
    out.note('Keep them where your passphrase is not. Each lets you in once:');
    return made.recoveryCodes.join('\n');
  },
});
