import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { table } from '../../output.ts';

export const list = cliCommand({
  usage: 'team list',
  summary: 'List the teams with their leads and what is open',
  input: z.object({}),
  run: ({ client }) => allPages((cursor) => client.teams.list({ limit: 200, cursor })),
  show: (teams) =>
    table(
      ['name', 'lead', 'bots', 'open', 'wait for a person', 'goals'],
      teams.map(({ name, lead, memberCount, open, held, goals }) => [
        name,
        lead.botName,
        String(memberCount),
        String(open),
        String(held),
        String(goals),
      ]),
      'There are no teams. Make one: clawster team deploy one-person-company --set company=…',
    ),
});
