import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages, findBot } from '../../find.ts';
import { incidentTable } from '../../health-text.ts';

export const list = cliCommand({
  usage: 'incident list',
  summary: 'List the times in which bots were not well, the latest first',
  options: [
    ['--bot <bot>', 'only of this bot'],
    ['--open', 'only those that go on'],
    ['--days <days>', 'how far back (7)'],
  ],
  input: z.object({
    bot: z.string().optional(),
    open: z.boolean().default(false),
    days: z.coerce.number().min(1).max(365).default(7),
  }),
  async run({ client }, { bot, open, days }) {
    const from = new Date(Date.now() - days * 86_400_000).toISOString();
    const state = open ? ({ state: 'open' } as const) : {};
    if (!bot) return allPages((cursor) => client.incidents.list({ from, ...state, limit: 200, cursor }));
    const botId = (await findBot(client, bot)).id;
    const all = await allPages((cursor) => client.incidents.ofBot({ botId, limit: 200, cursor }));
    return all.filter(({ endedAt }) => !endedAt || (!open && endedAt >= from));
  },
  show: incidentTable,
});
