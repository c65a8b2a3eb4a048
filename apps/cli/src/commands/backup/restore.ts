import { BotName } from '@clawster/contract/bot';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { operationSentence } from '../../operation-text.ts';
import { confirmByName } from '../../prompt.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { ended } from '../../watch-operation.ts';

export const restore = cliCommand({
  usage: 'backup restore <backup>',
  summary: 'Put a backup into the bot it was taken of, or with --as into a new one',
  options: [
    ['--as <name>', 'make a new bot of it'],
    ['--no-start', 'leave the new bot stopped'],
    ['--yes', 'do not ask before the state of a bot is replaced'],
    ...waitOptions,
  ],
  input: z.object({
    backup: z.uuid('Name a backup by its id from: clawster backup list'),
    as: BotName.optional(),
    start: z.boolean(),
    yes: z.boolean().default(false),
    ...waitInput,
  }),
  async run(context, { backup: backupId, as: name, start, yes, ...waiting }) {
    const { client, world } = context;
    if (name === undefined) {
      const { botName, createdAt } = await client.backups.get({ backupId });
      const message = `Type ${botName} to replace all it learnt since ${createdAt}`;
      await confirmByName(world, { name: botName, message, otherwise: 'Nothing was restored.' }, yes);
    }
    const operation = await client.backups.restore({ backupId, ...(name ? { name, start } : {}) });
    return ended(context, operation, waiting);
  },
  show: operationSentence,
});
