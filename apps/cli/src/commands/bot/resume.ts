import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { settled } from '../../watch-bot.ts';

export const resume = cliCommand({
  usage: 'bot resume <bot>',
  summary: 'Let a paused bot take turns again',
  options: waitOptions,
  input: z.object({ bot: z.string(), ...waitInput }),
  async run(context, { bot, ...waiting }) {
    const { client } = context;
    return settled(context, await client.bots.resume({ botId: (await findBot(client, bot)).id }), waiting);
  },
  show: (bot) =>
    bot.status.phase === 'ready'
      ? `${bot.name} is ready.`
      : `${bot.name} is resuming. Follow it: clawster bot watch ${bot.name}`,
});
