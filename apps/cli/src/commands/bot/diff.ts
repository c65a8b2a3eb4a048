import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { sayChanges } from '../../impact-text.ts';

export const diff = cliCommand({
  usage: 'bot diff <bot> <number>',
  summary: 'Show what a revision of a bot changed, since the one before it or another',
  options: [['--since <number>', 'the earlier revision']],
  input: z.object({
    bot: z.string(),
    number: z.coerce.number('Name the number of a revision: clawster bot revisions <bot>').int().min(1),
    since: z.coerce.number().int().min(1).optional(),
  }),
  async run({ client }, { bot, number, since }) {
    const { id: botId } = await findBot(client, bot);
    return client.revisions.compare({ botId, number, since });
  },
  show: ({ changes, since }) =>
    changes.length > 0 ? sayChanges(changes).trimEnd() : `Nothing differs${since ? ` since ${since}` : ''}.`,
});
