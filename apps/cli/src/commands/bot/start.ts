import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';

export const start = cliCommand({
  usage: 'bot start <bot>',
  summary: 'Start a bot',
  input: z.object({ bot: z.string() }),
  run: async ({ client }, { bot }) => client.bots.start({ botId: (await findBot(client, bot)).id }),
  show: (bot) => `${bot.name} is starting. Follow it: clawster bot watch ${bot.name}`,
});
