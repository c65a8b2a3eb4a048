import { z } from 'zod';
import { botDetails } from '../../bot-text.ts';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';

export const show = cliCommand({
  usage: 'bot show <bot>',
  summary: 'Show one bot: its phase, why, and what was seen',
  input: z.object({ bot: z.string() }),
  run: async ({ client }, { bot }) => client.bots.get({ botId: (await findBot(client, bot)).id }),
  show: botDetails,
});
