import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findPerson } from './find-person.ts';
import { sayEnded } from './say-ended.ts';

export const disable = cliCommand({
  usage: 'person disable <person>',
  summary: 'Let someone in no more until they are enabled; sessions and keys of theirs end at once',
  input: z.object({ person: z.string() }),
  async run({ client }, { person: wanted }) {
    const person = await findPerson(client, wanted);
    return { person, ended: await client.people.disable({ personId: person.id }) };
  },
  show: ({ person, ended }) => `${person.name} is disabled. Ended with it: ${sayEnded(ended)}.`,
});
