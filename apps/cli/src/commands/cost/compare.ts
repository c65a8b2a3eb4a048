import { Timestamp } from '@clawster/contract/page';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';

export const compare = cliCommand({
  usage: 'cost compare <bot>',
  summary: 'Show what a change of a bot did to its turns: cost, tokens, failures and duration',
  options: [
    ['--revision <number>', 'the revision that the change came with: see clawster bot revisions'],
    ['--at <time>', 'or any moment, such as 2026-11-27T10:00:00Z'],
    ['--days <number>', 'how far to look back and ahead, at most 14 (7)'],
  ],
  input: z.object({
    bot: z.string(),
    revision: z.coerce.number().int().min(1).optional(),
    at: Timestamp.optional(),
    days: z.coerce.number().int().min(1).max(14).default(7),
  }),
  run: async ({ client }, { bot, ...input }) =>
    client.costs.comparison({ ...input, botId: (await findBot(client, bot)).id }),
  show: ({ measures, otherRevisions }) =>
    [
      ...measures.map(({ text }) => text),
      ...(otherRevisions.length > 0
        ? [`What differs may also be due to revision ${otherRevisions.join(', ')}, of the same days.`]
        : []),
    ].join('\n'),
});
