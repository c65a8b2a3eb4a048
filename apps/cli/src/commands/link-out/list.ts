import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { table } from '../../output.ts';

export const list = cliCommand({
  usage: 'link-out list',
  summary: 'List the links to other tools',
  input: z.object({}),
  run: async ({ client }) => (await client.linkOuts.list()).items,
  show: (links) =>
    table(
      ['name', 'address', 'id'],
      links.map(({ name, url, id }) => [name, url, id]),
      'There are no links to other tools. Add one: clawster link-out create Grafana --url <template>',
    ),
});
