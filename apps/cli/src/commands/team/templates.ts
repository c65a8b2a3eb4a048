import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { table } from '../../output.ts';

export const templates = cliCommand({
  usage: 'team templates',
  summary: 'List the teams that can be made in one go',
  input: z.object({}),
  run: async ({ client }) => (await client.teams.templates({})).items,
  show: (items) =>
    table(
      ['id', 'name', 'bots', 'asks for', 'summary'],
      items.map(({ id, name, members, variables, summary }) => [
        id,
        name,
        members.map(({ botName }) => botName).join(', '),
        variables
          .filter((one) => one.default === undefined)
          .map((one) => one.name)
          .join(', '),
        summary,
      ]),
      'There are none.',
    ),
});
