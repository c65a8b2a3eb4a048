import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findExporter } from './find-exporter.ts';

export const resume = cliCommand({
  usage: 'exporter resume <name>',
  summary: 'Try again at once, from where it stopped',
  input: z.object({ name: z.string() }),
  run: async ({ client }, { name }) => client.exporters.resume({ exporterId: (await findExporter(client, name)).id }),
  show: ({ name }) => `${name} is tried again. See how it goes: clawster exporter list`,
});
