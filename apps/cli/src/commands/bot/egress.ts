import { sayReason } from '@clawster/domain/egress/say-reason';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { table } from '../../output.ts';

export const egress = cliCommand({
  usage: 'bot egress <bot>',
  summary: 'Show where a bot may connect to, and what it was refused in the last week',
  input: z.object({ bot: z.string() }),
  run: async ({ client }, { bot }) => client.bots.egress({ botId: (await findBot(client, bot)).id }),
  show: ({ keptAt, allowed, inside, refused }) =>
    [
      keptAt
        ? `Its target keeps it to these hosts; it was told them ${keptAt}.`
        : 'Its target confines no bot: it can connect to anything. These are the hosts it would be kept to elsewhere.',
      ...allowed.map((place) => `  ${place}`),
      ...inside.map((place) => `  ${place} (also on a private network)`),
      '',
      table(
        ['refused', 'why', 'times', 'last'],
        refused.map(({ place, reason, count, lastAt }) => [place, sayReason(reason), String(count), lastAt]),
        'Nothing was refused in the last week.',
      ),
    ].join('\n'),
});
