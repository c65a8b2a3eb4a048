import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { sayLabels } from '../../label-text.ts';
import { table } from '../../output.ts';

export const list = cliCommand({
  usage: 'profile list',
  summary: 'List the profiles: settings that many bots share, the lowest first',
  input: z.object({}),
  run: ({ client }) => allPages((cursor) => client.profiles.list({ limit: 200, cursor })),
  show: (profiles) =>
    table(
      ['name', 'priority', 'labels', 'bots', 'version', 'what for'],
      profiles.map(({ name, priority, selector, botCount, version, description }) => [
        name,
        String(priority),
        selector ? sayLabels(selector) : 'by name',
        String(botCount),
        String(version),
        description,
      ]),
      'There are no profiles. Make one: clawster profile create <name> --labels team=support --settings @support.yaml',
    ),
});
