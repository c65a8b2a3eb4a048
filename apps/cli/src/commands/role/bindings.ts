import { sayBots } from '@clawster/domain/role/reach';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { table } from '../../output.ts';
import { findPerson } from '../person/find-person.ts';

export const bindings = cliCommand({
  usage: 'role bindings',
  summary: 'List who has a role for some bots',
  options: [['--person <person>', 'of one person']],
  input: z.object({ person: z.string().optional() }),
  async run({ client }, { person }) {
    const personId = person && (await findPerson(client, person)).id;
    return allPages((cursor) => client.roleBindings.list({ limit: 200, cursor, ...(personId ? { personId } : {}) }));
  },
  show: (all) =>
    table(
      ['person', 'role', 'bots', 'id'],
      all.map(({ id, personName, role, bots, botName }) => [personName, role, botName ?? sayBots(bots), id]),
      'Nobody has a role for some bots. Give one: clawster role bind <person> <role> --labels team=support',
    ),
});
