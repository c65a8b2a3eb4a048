import { z } from 'zod';
import { stringify } from 'yaml';
import { cliCommand } from '../../command.ts';
import { findTemplate } from './find-template.ts';

export const show = cliCommand({
  usage: 'template show <template>',
  summary: 'Show a template as a file: clawster template create <name> --file @… makes one from it',
  options: [['--version <number>', 'another version than the newest']],
  input: z.object({ template: z.string(), version: z.coerce.number().int().min(1).optional() }),
  async run({ client }, { template, version }) {
    return client.templates.get({ templateId: (await findTemplate(client, template)).id, version });
  },
  show: ({ name, shownVersion, summary, content }) =>
    `# ${name}, version ${shownVersion}${summary ? `: ${summary}` : ''}\n${stringify(content).trimEnd()}`,
});
