import { PersonName } from '@clawster/contract/person';
import { asPerson, PersonOptions, personOptions } from '../../as-person.ts';
import { cliCommand } from '../../command.ts';

export const rename = cliCommand({
  usage: 'account rename <name>',
  summary: 'Change your own name',
  options: personOptions,
  input: PersonOptions.extend({ name: PersonName }),
  async run(context, { name, ...who }) {
    await asPerson(context, who, ({ client }) => client.account.rename({ name }));
    return { name };
  },
  show: ({ name }) => `You are ${name} now.`,
});
