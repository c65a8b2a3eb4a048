import { z } from 'zod';
import { cliCommand } from '../../command.ts';

export const unbind = cliCommand({
  usage: 'role unbind <id>',
  summary: 'Take a role for some bots away again, at once; ids are in: clawster role bindings',
  input: z.object({ id: z.uuid('Give the id that `clawster role bindings` shows') }),
  async run({ client }, { id }) {
    await client.roleBindings.delete({ bindingId: id });
    return { id };
  },
  show: () => 'It is taken away.',
});
