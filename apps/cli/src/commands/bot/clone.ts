import { BotName } from '@clawster/contract/bot';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { settled } from '../../watch-bot.ts';

export const clone = cliCommand({
  usage: 'bot clone <bot> <name>',
  summary: 'Create a bot with the configuration of another; its memory is its own unless --memory takes it along',
  options: [
    ['--memory', 'with the conversations, memory and files of the other'],
    ['--no-start', 'create it stopped'],
    ...waitOptions,
  ],
  input: z.object({
    bot: z.string(),
    name: BotName,
    memory: z.boolean().default(false),
    start: z.boolean(),
    ...waitInput,
  }),
  async run(context, { bot, name, start, memory, ...waiting }) {
    const { client } = context;
    const { id: botId } = await findBot(client, bot);
    return settled(context, await client.bots.clone({ botId, name, start, memory }), waiting);
  },
  show: (bot) =>
    `${bot.name} is created${bot.spec.desired === 'stopped' ? `. Start it: clawster bot start ${bot.name}` : ' and on its way'}.`,
});
