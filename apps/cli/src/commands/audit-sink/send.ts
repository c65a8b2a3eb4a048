import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal } from '../../failure.ts';
import { findSink } from './find-sink.ts';

export const send = cliCommand({
  usage: 'audit-sink send <name>',
  summary: 'Send the newest checkpoint there now; exit code 1 when it was not taken',
  input: z.object({ name: z.string() }),
  async run({ client }, { name }) {
    const sink = await client.auditSinks.send({ sinkId: (await findSink(client, name)).id });
    if (sink.trouble) throw new CliRefusal(`${sink.name} did not take it: ${sink.trouble}`);
    return sink;
  },
  show: ({ name, sentNumber }) => `${name} has the checkpoint of seal ${sentNumber}.`,
});
