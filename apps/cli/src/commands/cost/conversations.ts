import { usdColumn } from '@clawster/domain/cost/money';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { countText, table } from '../../output.ts';
import { dayOptions, DaysInput } from './filter.ts';

export const conversations = cliCommand({
  usage: 'cost conversations',
  summary: 'List the conversations that cost most, in at most 31 days',
  options: [['--bot <bot>', 'only of this bot'], ['--limit <number>', 'how many (20)'], ...dayOptions],
  input: DaysInput.extend({ bot: z.string().optional(), limit: z.coerce.number().int().min(1).max(200).default(20) }),
  run: async ({ client }, { bot, ...input }) =>
    client.costs.conversations({ ...input, botId: bot && (await findBot(client, bot)).id }),
  show: ({ items }) => {
    const { texts } = usdColumn(items.map(({ usd }) => usd));
    return table(
      ['bot', 'conversation', 'calls', 'tokens', 'unpriced', 'cost'],
      items.map(({ botName = 'Gone', session, calls, tokens, unpriced }, at) => [
        botName,
        session,
        countText(calls),
        countText(tokens),
        countText(unpriced),
        texts[at] ?? '',
      ]),
      'No conversation asked a model in these days.',
    );
  },
});
