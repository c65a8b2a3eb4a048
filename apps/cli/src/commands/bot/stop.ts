import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';

export const stop = cliCommand({
  usage: 'bot stop <bot>',
  summary: 'Stop a bot; its state stays',
  input: z.object({ bot: z.string() }),
  run: async ({ client }, { bot }) => client.bots.stop({ botId: (await findBot(client, bot)).id }),
  show: (bot) => `${bot.name} is stopping.`,
});
