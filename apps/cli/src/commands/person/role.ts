import { Role } from '@clawster/contract/permission';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findPerson } from './find-person.ts';
import { sayEnded } from './say-ended.ts';

export const role = cliCommand({
  usage: 'person role <person> <role>',
  summary: 'Give someone another role, at once; keys and invitations of theirs above it are revoked',
  input: z.object({ person: z.string(), role: Role }),
  async run({ client }, { person: wanted, role: next }) {
    const person = await findPerson(client, wanted);
    const ended = await client.people.changeRole({ personId: person.id, role: next });
    return { person: { ...person, role: next }, ended };
  },
  show: ({ person, ended }) => `${person.name} is ${person.role} now. Ended with it: ${sayEnded(ended)}.`,
});
