import { Email } from '@clawster/contract/person';
import { asPerson, PersonOptions, personOptions } from '../../as-person.ts';
import { cliCommand } from '../../command.ts';

export const email = cliCommand({
  usage: 'account email <address>',
  summary: 'Change the e-mail address you sign in with',
  options: personOptions,
  input: PersonOptions.extend({ address: Email }),
  async run(context, { address, ...who }) {
    await asPerson(context, who, ({ client, secrets: [password = ''] }) =>
      client.account.changeEmail({ email: address, password }),
    );
    return { email: address };
  },
  show: (changed) => `You sign in with ${changed.email} from now on.`,
});
