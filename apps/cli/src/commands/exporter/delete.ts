import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findExporter } from './find-exporter.ts';

export const deleteExporter = cliCommand({
  usage: 'exporter delete <name>',
  summary: 'Send nothing there any more; what was sent stays there',
  input: z.object({ name: z.string() }),
  async run({ client }, { name: wanted }) {
    const { id: exporterId, name } = await findExporter(client, wanted);
    await client.exporters.delete({ exporterId });
    return { name };
  },
  show: ({ name }) => `Nothing is sent to ${name} any more.`,
});
