import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { confirmByName } from '../../prompt.ts';

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
    const message = `Type ${botName} to delete this backup of it for good`;
    await confirmByName(world, { name: botName, message, otherwise: 'Nothing was deleted.' }, yes);
    return client.backups.delete({ backupId });
  },
  show: ({ botName }) => `The backup of ${botName} is deleted.`,
});
