import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findExporter } from './find-exporter.ts';
import { exporterInput, exporterOptions, readSettings } from './settings.ts';

export const update = cliCommand({
  usage: 'exporter update <name>',
  summary: 'Change where and what is sent; what was stopped is tried at once',
  options: [
    ['--rename <name>', 'call it otherwise'],
    ['--endpoint <url>', 'another address, which needs the headers again'],
    ...exporterOptions,
    ['--without-text', 'send no more of what was said'],
  ],
  input: z.object({
    name: z.string(),
    rename: z.string().optional(),
    endpoint: z.string().optional(),
    withoutText: z.boolean().default(false),
    ...exporterInput,
  }),
  async run({ client, world }, { name, rename, endpoint, withoutText, ...given }) {
    const { id: exporterId } = await findExporter(client, name);
    return client.exporters.update({
      exporterId,
      ...(rename ? { name: rename } : {}),
      ...(endpoint ? { endpoint } : {}),
      ...(await readSettings(client, world, given)),
      ...(withoutText ? { withText: false } : {}),
    });
  },
  show: ({ name }) => `${name} is changed. Try it: clawster exporter test ${JSON.stringify(name)}`,
});
