import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { table } from '../../output.ts';

export const list = cliCommand({
  usage: 'template list',
  summary: 'List the templates one can make a bot from',
  input: z.object({}),
  run: async ({ client }) => (await client.templates.list()).items,
  show: (templates) =>
    table(
      ['name', 'id', 'version', 'bots', 'to upgrade', 'what for'],
      templates.map(({ name, id, builtIn, version, botCount, outdatedCount, summary }) => [
        name,
        builtIn ? id : `${id.slice(0, 8)}…`,
        String(version),
        String(botCount),
        String(outdatedCount),
        summary,
      ]),
      'There are no templates.',
    ),
});
