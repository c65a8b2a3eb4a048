import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { settled } from '../../watch-bot.ts';

export const start = cliCommand({
  usage: 'bot start <bot>',
  summary: 'Start a bot',
  options: waitOptions,
  input: z.object({ bot: z.string(), ...waitInput }),
  async run(context, { bot, ...waiting }) {
    const { client } = context;
    return settled(context, await client.bots.start({ botId: (await findBot(client, bot)).id }), waiting);
  },
  show: (bot) =>
    bot.status.phase === 'ready'
      ? `${bot.name} is ready.`
      : `${bot.name} is starting. Follow it: clawster bot watch ${bot.name}`,
});
