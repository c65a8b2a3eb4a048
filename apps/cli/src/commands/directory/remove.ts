import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal } from '../../failure.ts';
import { confirmByName } from '../../prompt.ts';

export const remove = cliCommand({
  usage: 'directory remove',
  summary: 'Remove the directory: its token is good no more; people stay as they are, and its groups are forgotten',
  options: [['--yes', 'do not ask for its name']],
  input: z.object({ yes: z.boolean().default(false) }),
  async run({ client, world }, { yes }) {
    const { directory } = await client.directory.show({});
    if (!directory) throw new CliRefusal('No directory is connected.');
    const { name, people } = directory;
    const message = `${people.letIn} people stay in until somebody removes them here. Type ${name} to remove it`;
    await confirmByName(world, { name, message, otherwise: 'That is another name: nothing was removed.' }, yes);
    await client.directory.remove({});
    return { name };
  },
  show: ({ name }) => `${name} makes and ends nobody any more.`,
});
