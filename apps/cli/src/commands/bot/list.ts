import { BotPhase } from '@clawster/contract/bot';
import { Selector } from '@clawster/contract/label';
import { z } from 'zod';
import { botTable } from '../../bot-text.ts';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';

export const list = cliCommand({
  usage: 'bot list',
  summary: 'List bots',
  options: [
    ['--labels <selector>', 'only bots with these labels, such as team=support'],
    ['--search <text>', 'only names that contain this'],
    ['--phase <phase>', `only bots that are ${BotPhase.options.join(', ')}`],
  ],
  input: z.object({
    labels: Selector.optional(),
    search: z.string().optional(),
    phase: BotPhase.optional(),
  }),
  run: ({ client }, { labels: selector, ...filter }) =>
    allPages((cursor) => client.bots.list({ ...filter, limit: 200, cursor, ...(selector ? { selector } : {}) })),
  show: botTable,
});
