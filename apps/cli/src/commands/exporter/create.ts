import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { exporterInput, exporterOptions, readSettings } from './settings.ts';

export const create = cliCommand({
  usage: 'exporter create <name>',
  summary: 'Send what bots do from now on to another tool over OpenTelemetry',
  options: [['--endpoint <url>', 'where it takes OTLP over HTTP; /v1/traces is added'], ...exporterOptions],
  input: z.object({
    name: z.string(),
    endpoint: z.string('Say where to with --endpoint, such as https://otel.example.com'),
    ...exporterInput,
  }),
  async run({ client, world }, { name, endpoint, ...given }) {
    const exporter = await client.exporters.create({ name, endpoint, ...(await readSettings(client, world, given)) });
    return { ...exporter, test: await client.exporters.test({ exporterId: exporter.id }) };
  },
  show: ({ name, test }) =>
    test.ok
      ? `${name} took a trace to try it. What bots do from now on goes there.`
      : `${name} is there, but did not take a trace to try it: ${test.message}. It is tried again.`,
});
