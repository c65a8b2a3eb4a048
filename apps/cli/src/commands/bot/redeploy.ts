import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { settled } from '../../watch-bot.ts';

export const redeploy = cliCommand({
  usage: 'bot redeploy <bot>',
  summary: 'Make the whole process of a bot anew, on the same state',
  options: waitOptions,
  input: z.object({ bot: z.string(), ...waitInput }),
  async run(context, { bot, ...waiting }) {
    const { client } = context;
    return settled(context, await client.bots.redeploy({ botId: (await findBot(client, bot)).id }), waiting);
  },
  show: (bot) =>
    bot.status.phase === 'ready'
      ? `${bot.name} is ready.`
      : `${bot.name} is being redeployed. Follow it: clawster bot watch ${bot.name}`,
});
