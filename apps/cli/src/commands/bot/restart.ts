import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';

export const restart = cliCommand({
  usage: 'bot restart <bot>',
  summary: "Start a bot's process anew",
  input: z.object({ bot: z.string() }),
  run: async ({ client }, { bot }) => client.bots.restart({ botId: (await findBot(client, bot)).id }),
  show: (bot) => `${bot.name} is restarting. Follow it: clawster bot watch ${bot.name}`,
});
