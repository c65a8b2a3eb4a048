import { Role } from '@clawster/contract/permission';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';

export const deleteRole = cliCommand({
  usage: 'role delete <name>',
  summary: 'Delete a role that nobody has any more',
  input: z.object({ name: Role }),
  async run({ client }, { name }) {
    await client.roles.delete({ role: name });
    return { name };
  },
  show: ({ name }) => `The role ${name} is deleted.`,
});
