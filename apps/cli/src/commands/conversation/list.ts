import { z } from 'zod';
import { botText } from '../../activity-text.ts';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { ago, countText, table } from '../../output.ts';

export const list = cliCommand({
  usage: 'conversation list',
  summary: 'List conversations of bots, those last heard of first',
  options: [
    ['--bot <bot>', 'only of this bot'],
    ['--channel <channel>', 'only on this channel'],
    ['--limit <count>', 'how many (50)'],
  ],
  input: z.object({
    bot: z.string().optional(),
    channel: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  async run({ client }, { bot, channel, limit }) {
    const botId = bot && (await findBot(client, bot)).id;
    return (await client.traces.conversations({ botId, channel, limit })).items;
  },
  show: (conversations) =>
    table(
      ['bot', 'channel', 'who', 'turns', 'failed', 'last', 'session'],
      conversations.map((one) => [
        botText(one),
        one.channel || '–',
        one.person?.name ?? one.person?.id ?? '–',
        countText(one.turns),
        countText(one.failed),
        `${ago(one.lastAt)} ago`,
        one.session,
      ]),
      'Nobody has written to a bot yet.',
    ),
});
