import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findPerson } from './find-person.ts';

export const enable = cliCommand({
  usage: 'person enable <person>',
  summary: 'Let someone in again who was disabled',
  input: z.object({ person: z.string() }),
  async run({ client }, { person: wanted }) {
    const person = await findPerson(client, wanted);
    await client.people.enable({ personId: person.id });
    return person;
  },
  show: ({ name }) => `${name} may come in again. Keys that were revoked stay so.`,
});
