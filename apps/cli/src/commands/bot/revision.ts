import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { findBot } from '../../find.ts';

export const revision = cliCommand({
  usage: 'bot revision <bot> <number>',
  summary: 'Show what a bot was to be, with its whole configuration; or give that revision a name',
  options: [
    ['--label <text>', 'its name, such as before-the-launch'],
    ['--unlabel', 'take its name away'],
  ],
  input: z.object({
    bot: z.string(),
    number: z.coerce.number('Name the number of a revision: clawster bot revisions <bot>').int().min(1),
    label: z.string().optional(),
    unlabel: z.boolean().default(false),
  }),
  async run({ client }, { bot, number, label, unlabel }) {
    if (unlabel && label !== undefined)
      throw new CliRefusal('Either give it a name or take it away, not both.', exitCodes.usage);
    const { id: botId } = await findBot(client, bot);
    if (unlabel || label !== undefined)
      return { labelled: await client.revisions.label({ botId, number, label: label ?? null }) };
    return { shown: await client.revisions.get({ botId, number }) };
  },
  show({ labelled, shown }) {
    if (labelled) return `Revision ${labelled.number} ${labelled.label ? `is ${labelled.label}` : 'has no name'}.`;
    return JSON.stringify({ spec: shown?.spec, document: shown?.document, files: shown?.files }, null, 2);
  },
});
