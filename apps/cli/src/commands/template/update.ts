import { TemplateContent } from '@clawster/contract/template';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { readDocument } from '../../read-document.ts';
import { findTemplate } from './find-template.ts';

export const update = cliCommand({
  usage: 'template update <template>',
  summary: 'Rename a template, or add a version; its bots keep theirs until they are upgraded',
  options: [
    ['--file <text>', 'the content of the new version as YAML or JSON; @file reads it from a file'],
    ['--note <text>', 'what is new in it'],
    ['--name <name>', 'another name'],
    ['--summary <text>', 'what it is for'],
  ],
  input: z.object({
    template: z.string(),
    file: z.string().optional(),
    note: z.string().optional(),
    name: z.string().optional(),
    summary: z.string().optional(),
  }),
  async run({ client }, { template, file, ...rest }) {
    const { id: templateId } = await findTemplate(client, template);
    const content = file === undefined ? undefined : TemplateContent.parse(await readDocument(file));
    return client.templates.update({ templateId, content, ...rest });
  },
  show: ({ name, version, outdatedCount }) =>
    `The template ${name} is at version ${version}. ${outdatedCount} bots can be upgraded: clawster bot update <bot> --template "${name}"`,
});
