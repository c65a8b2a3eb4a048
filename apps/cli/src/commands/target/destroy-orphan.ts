import { InstallationId } from '@clawster/contract/orphan';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { confirmByName } from '../../prompt.ts';
import { findOrphan } from './find-orphan.ts';

export const destroyOrphan = cliCommand({
  usage: 'target destroy-orphan <target> <bot>',
  summary: 'End a bot that nobody knows and delete its state, at once and for good',
  options: [
    ['--installation <id>', 'of another Clawster, which is gone for good'],
    ['--yes', 'do not ask'],
  ],
  input: z.object({
    target: z.string(),
    bot: z.string(),
    installation: InstallationId.optional(),
    yes: z.boolean().default(false),
  }),
  async run({ client, world }, { target, bot, installation, yes }) {
    const { id: orphanId, name } = await findOrphan(client, target, bot);
    const message = `Type ${name} to destroy it with its conversations; no copy is kept`;
    await confirmByName(world, { name, message, otherwise: 'Nothing was destroyed.' }, yes);
    return client.orphans.destroy({ orphanId, installation });
  },
  show: ({ name }) => `${name} is being destroyed, with its state.`,
});
