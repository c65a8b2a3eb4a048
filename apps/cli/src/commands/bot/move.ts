import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot, findTarget } from '../../find.ts';
import { operationSentence } from '../../operation-text.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { ended } from '../../watch-operation.ts';

export const move = cliCommand({
  usage: 'bot move <bot> <target>',
  summary: 'Move a bot with its state to another target; it stands still meanwhile',
  options: waitOptions,
  input: z.object({ bot: z.string(), target: z.string(), ...waitInput }),
  async run(context, { bot, target, ...waiting }) {
    const { client } = context;
    const { id: botId } = await findBot(client, bot);
    const { id: targetId } = await findTarget(client, target);
    return ended(context, await client.bots.move({ botId, targetId }), waiting);
  },
  show: operationSentence,
});
