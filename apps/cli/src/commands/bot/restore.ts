import { BotName } from '@clawster/contract/bot';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findDestroyedBot } from '../../find.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { settled } from '../../watch-bot.ts';

export const restore = cliCommand({
  usage: 'bot restore <bot>',
  summary: 'Bring a destroyed bot back while its state is kept; `bot list --phase destroyed` shows which',
  options: [
    ['--name <name>', 'another name, when its own was taken meanwhile'],
    ['--no-start', 'bring it back stopped'],
    ...waitOptions,
  ],
  input: z.object({ bot: z.string(), name: BotName.optional(), start: z.boolean(), ...waitInput }),
  async run(context, { bot, name, start, ...waiting }) {
    const { client } = context;
    const { id: botId } = await findDestroyedBot(client, bot);
    return settled(context, await client.bots.restore({ botId, start, ...(name ? { name } : {}) }), waiting);
  },
  show: (bot) => `${bot.name} is back${bot.spec.desired === 'stopped' ? ', stopped' : ' and on its way'}.`,
});
