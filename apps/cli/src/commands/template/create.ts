import { TemplateContent } from '@clawster/contract/template';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { findBot } from '../../find.ts';
import { readDocument } from '../../read-document.ts';

export const create = cliCommand({
  usage: 'template create <name>',
  summary: 'Make a template, from a file or from what a bot is',
  options: [
    ['--file <text>', 'its content as YAML or JSON (see: clawster template show); @file reads it from a file'],
    ['--bot <bot>', 'what this bot is, all its layers together'],
    ['--summary <text>', 'what it is for'],
  ],
  input: z.object({
    name: z.string(),
    file: z.string().optional(),
    bot: z.string().optional(),
    summary: z.string().optional(),
  }),
  async run({ client }, { name, file, bot, summary }) {
    if ((file === undefined) === (bot === undefined))
      throw new CliRefusal('Say either --file or --bot: what it is made from.', exitCodes.usage);
    if (bot !== undefined) return client.templates.saveBot({ botId: (await findBot(client, bot)).id, name, summary });
    const content = TemplateContent.parse(await readDocument(file ?? ''));
    return client.templates.create({ name, summary, content });
  },
  show: ({ name }) =>
    `The template ${name} is there. Make a bot from it: clawster bot create <name> --template "${name}"`,
});
