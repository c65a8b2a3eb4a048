import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { operationSentence } from '../../operation-text.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { ended } from '../../watch-operation.ts';

export const create = cliCommand({
  usage: 'backup create <bot>',
  summary: "Back up a bot's state, whether it runs or not",
  options: waitOptions,
  input: z.object({ bot: z.string(), ...waitInput }),
  async run(context, { bot, ...waiting }) {
    const { client } = context;
    const { id: botId } = await findBot(client, bot);
    return ended(context, await client.backups.create({ botId }), waiting);
  },
  show: (operation) =>
    operation.phase === 'done' && operation.backupId
      ? `${operation.botName} is backed up. Restore it: clawster backup restore ${operation.backupId}`
      : operationSentence(operation),
});
