import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findView } from './find-view.ts';

export const deleteView = cliCommand({
  usage: 'audit-view delete <name>',
  summary: 'Forget a view of the audit trail; the events stay',
  input: z.object({ name: z.string() }),
  async run({ client }, { name }) {
    const view = await findView(client, name);
    await client.auditViews.delete({ viewId: view.id });
    return { name: view.name };
  },
  show: ({ name }) => `The view ${name} is deleted.`,
});
