import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { ago, table } from '../../output.ts';

export const spikes = cliCommand({
  usage: 'cost spikes',
  summary: 'List bots whose cost rose far above what is usual for them, of the last seven days',
  options: [['--bot <bot>', 'only of this bot']],
  input: z.object({ bot: z.string().optional() }),
  run: async ({ client }, { bot }) =>
    (await client.costs.spikes({ botId: bot && (await findBot(client, bot)).id })).items,
  show: (items) =>
    table(
      ['bot', 'ago', 'what'],
      items.map(({ botName = 'Gone', at, why }) => [botName, ago(at), why]),
      'No bot cost far more than is usual for it.',
    ),
});
