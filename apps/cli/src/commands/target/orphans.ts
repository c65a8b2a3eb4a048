import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { table } from '../../output.ts';
import { orphansOn } from './find-orphan.ts';

export const orphans = cliCommand({
  usage: 'target orphans <target>',
  summary: 'List bots that lie on a target and that nobody knows, as after a lost database',
  input: z.object({ target: z.string() }),
  run: ({ client }, { target }) => orphansOn(client, target),
  show: (list) =>
    table(
      ['name', 'bot', 'runs', 'since', 'installation', ''],
      list.map(({ name, botId, runs, since, installation, isDoomed, trouble }) => [
        name,
        botId,
        runs ? 'yes' : 'no',
        since ?? '',
        installation ?? 'this one',
        isDoomed ? (trouble ?? 'being destroyed') : '',
      ]),
      'Nothing lies there that nobody knows.',
    ),
});
