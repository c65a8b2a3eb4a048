import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { named } from '../../find.ts';

export const deleteLinkOut = cliCommand({
  usage: 'link-out delete <name>',
  summary: 'Show a link to another tool no more',
  input: z.object({ name: z.string() }),
  async run({ client }, { name: wanted }) {
    const { items } = await client.linkOuts.list();
    const { id, name } = named(items, wanted, { what: 'link', list: 'clawster link-out list' });
    await client.linkOuts.delete({ linkOutId: id });
    return { name };
  },
  show: ({ name }) => `${name} is shown no more.`,
});
