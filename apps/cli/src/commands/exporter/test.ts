import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal } from '../../failure.ts';
import { findExporter } from './find-exporter.ts';

export const testExporter = cliCommand({
  usage: 'exporter test <name>',
  summary: 'Send one made-up trace there now, and show what was answered; exit code 1 when it was not taken',
  input: z.object({ name: z.string() }),
  async run({ client }, { name: wanted }) {
    const { id: exporterId, name } = await findExporter(client, wanted);
    const told = await client.exporters.test({ exporterId });
    if (!told.ok) throw new CliRefusal(`${name} did not take it: ${told.message}`);
    return { name, ...told };
  },
  show: ({ name, traceId, durationMs }) => `${name} took the trace ${traceId} in ${durationMs} ms.`,
});
