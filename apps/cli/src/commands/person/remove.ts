import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { confirmByName } from '../../prompt.ts';
import { findPerson } from './find-person.ts';
import { sayEnded } from './say-ended.ts';

export const remove = cliCommand({
  usage: 'person remove <person>',
  summary: 'Remove someone from the workspace; sessions, keys and invitations of theirs end at once',
  options: [['--yes', 'do not ask for the e-mail address']],
  input: z.object({ person: z.string(), yes: z.boolean().default(false) }),
  async run({ client, world }, { person: wanted, yes }) {
    const person = await findPerson(client, wanted);
    const keys = person.apiKeyCount
      ? ` Programs that use the ${person.apiKeyCount} API keys they made stop working.`
      : '';
    const message = `${person.name} loses access at once.${keys} Type ${person.email} to remove them`;
    await confirmByName(
      world,
      { name: person.email, message, otherwise: 'That is another address: nobody was removed.' },
      yes,
    );
    return { person, ended: await client.people.remove({ personId: person.id }) };
  },
  show: ({ person, ended }) => `${person.name} is removed. Ended with it: ${sayEnded(ended)}.`,
});
