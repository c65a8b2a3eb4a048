import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { ask } from '../../prompt.ts';

export const deleteBackup = cliCommand({
  usage: 'backup delete <backup>',
  summary: 'Delete a backup for good',
  options: [['--yes', 'do not ask']],
  input: z.object({
    backup: z.uuid('Name a backup by its id from: clawster backup list'),
    yes: z.boolean().default(false),
  }),
  async run({ client, world }, { backup: backupId, yes }) {
    const { botName } = await client.backups.get({ backupId });
    if (!yes && (await ask(world, `Type ${botName} to delete this backup of it for good`, '--yes')) !== botName)
      throw new CliRefusal('Nothing was deleted.', exitCodes.refused);
    return client.backups.delete({ backupId });
  },
  show: ({ botName }) => `The backup of ${botName} is deleted.`,
});
