import { linkOutPlaceholders } from '@clawster/contract/link-out';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';

export const create = cliCommand({
  usage: 'link-out create <name>',
  summary: 'Show a link to another tool on traces, bots and conversations',
  options: [
    [
      '--url <template>',
      `its address, with ${linkOutPlaceholders.map((name) => `{${name}}`).join(', ')} where they belong`,
    ],
  ],
  input: z.object({
    name: z.string(),
    url: z.string('Write the address with --url, such as https://grafana.example.com/explore?trace={otelTraceId}'),
  }),
  run: ({ client }, link) => client.linkOuts.create(link),
  show: ({ name }) => `${name} is shown wherever what its address names is known.`,
});
