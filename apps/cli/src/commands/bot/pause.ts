import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { settled } from '../../watch-bot.ts';

export const pause = cliCommand({
  usage: 'bot pause <bot>',
  summary: 'Pause a bot: it takes no turns, and keeps what it was about',
  options: waitOptions,
  input: z.object({ bot: z.string(), ...waitInput }),
  async run(context, { bot, ...waiting }) {
    const { client } = context;
    return settled(context, await client.bots.pause({ botId: (await findBot(client, bot)).id }), waiting);
  },
  show: (bot) =>
    bot.status.phase === 'paused'
      ? `${bot.name} is paused.`
      : `${bot.name} is being paused. Follow it: clawster bot watch ${bot.name}`,
});
