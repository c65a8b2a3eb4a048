import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { settled } from '../../watch-bot.ts';

export const restart = cliCommand({
  usage: 'bot restart <bot>',
  summary: "Start a bot's process anew",
  options: waitOptions,
  input: z.object({ bot: z.string(), ...waitInput }),
  async run(context, { bot, ...waiting }) {
    const { client } = context;
    return settled(context, await client.bots.restart({ botId: (await findBot(client, bot)).id }), waiting);
  },
  show: (bot) => `${bot.name} is restarting. Follow it: clawster bot watch ${bot.name}`,
});
