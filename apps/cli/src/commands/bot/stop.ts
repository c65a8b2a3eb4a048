import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { settled } from '../../watch-bot.ts';

export const stop = cliCommand({
  usage: 'bot stop <bot>',
  summary: 'Stop a bot; its state stays',
  options: waitOptions,
  input: z.object({ bot: z.string(), ...waitInput }),
  async run(context, { bot, ...waiting }) {
    const { client } = context;
    return settled(context, await client.bots.stop({ botId: (await findBot(client, bot)).id }), waiting);
  },
  show: (bot) => (bot.status.phase === 'stopped' ? `${bot.name} is stopped.` : `${bot.name} is stopping.`),
});
