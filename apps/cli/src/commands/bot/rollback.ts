import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { settled } from '../../watch-bot.ts';

export const rollback = cliCommand({
  usage: 'bot rollback <bot> <number>',
  summary: 'Make a bot again what it was; layers it shares with others stay as they are',
  options: [['--reason <text>', 'why, kept with the revision'], ...waitOptions],
  input: z.object({
    bot: z.string(),
    number: z.coerce.number('Name the number of a revision: clawster bot revisions <bot>').int().min(1),
    reason: z.string().default(''),
    ...waitInput,
  }),
  async run(context, { bot, number, reason, ...waiting }) {
    const { client } = context;
    const { id: botId } = await findBot(client, bot);
    return settled(context, await client.revisions.rollBack({ botId, number, reason }), waiting);
  },
  show: ({ name, generation }) =>
    `${name} is to be what it was (revision ${generation}). Follow it: clawster bot watch ${name}`,
});
