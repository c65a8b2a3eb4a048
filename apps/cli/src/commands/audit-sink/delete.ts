import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findSink } from './find-sink.ts';

export const deleteSink = cliCommand({
  usage: 'audit-sink delete <name>',
  summary: 'Send checkpoints there no more; what was sent stays there',
  input: z.object({ name: z.string() }),
  async run({ client }, { name }) {
    const sink = await findSink(client, name);
    await client.auditSinks.delete({ sinkId: sink.id });
    return { name: sink.name };
  },
  show: ({ name }) => `Nothing is sent to ${name} any more.`,
});
