import { BotPhase } from '@clawster/contract/bot';
import { z } from 'zod';
import { botTable } from '../../bot-text.ts';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';

export const list = cliCommand({
  usage: 'bot list',
  summary: 'List bots',
  options: [
    ['--search <text>', 'only names that contain this'],
    ['--phase <phase>', `only bots that are ${BotPhase.options.join(', ')}`],
  ],
  input: z.object({ search: z.string().optional(), phase: BotPhase.optional() }),
  run: ({ client }, filter) => allPages((cursor) => client.bots.list({ ...filter, limit: 200, cursor })),
  show: botTable,
});
