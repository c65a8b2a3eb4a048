import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { table } from '../../output.ts';

export const list = cliCommand({
  usage: 'target list',
  summary: 'List where bots can run',
  input: z.object({}),
  run: ({ client }) => allPages((cursor) => client.targets.list({ limit: 200, cursor })),
  show: (targets) =>
    table(
      ['name', 'kind', 'bots', 'health'],
      targets.map(({ name, kind, botCount, health }) => [
        name,
        kind,
        String(botCount),
        health?.message ?? 'not checked yet',
      ]),
      'There is nowhere to run bots yet.',
    ),
});
