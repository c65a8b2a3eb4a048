import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal } from '../../failure.ts';
import { confirmByName } from '../../prompt.ts';

export const remove = cliCommand({
  usage: 'sso remove',
  summary: 'Remove the identity provider: nobody signs in by it any more; accounts and open sessions stay',
  options: [['--yes', 'do not ask for its name']],
  input: z.object({ yes: z.boolean().default(false) }),
  async run({ client, world }, { yes }) {
    const { provider } = await client.sso.show({});
    if (!provider) throw new CliRefusal('No identity provider is set up.');
    const { name } = provider;
    const message = `Whoever has no passphrase cannot sign in any more. Type ${name} to remove it`;
    await confirmByName(world, { name, message, otherwise: 'That is another name: nothing was removed.' }, yes);
    await client.sso.remove({});
    return { name };
  },
  show: ({ name }) => `Nobody signs in with ${name} any more.`,
});
