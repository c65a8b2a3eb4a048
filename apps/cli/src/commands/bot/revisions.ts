import { authorName } from '@clawster/domain/audit/author-name';
import type { Revision } from '@clawster/contract/revision';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { table } from '../../output.ts';

export const revisions = cliCommand({
  usage: 'bot revisions <bot>',
  summary: 'List what a bot was to be, newest first: when, by whom and why',
  options: [['--limit <number>', 'how many (20)']],
  input: z.object({ bot: z.string(), limit: z.coerce.number().int().min(1).max(200).default(20) }),
  async run({ client }, { bot, limit }) {
    const { id: botId } = await findBot(client, bot);
    return (await client.revisions.list({ botId, limit })).items;
  },
  show: (items) =>
    table(
      ['number', 'when', 'by', 'what', 'why', 'name'],
      items.map((one) => [
        String(one.number),
        one.at,
        authorName(one.author),
        sayCause(one),
        sayWhy(one),
        one.label ?? '',
      ]),
      'It has not been changed yet.',
    ),
});

/** Why it was made, and what is wrong with it. */
function sayWhy({ reason, verdictReason }: Revision): string {
  return [reason, verdictReason].filter(Boolean).join('. ');
}

function sayCause({ cause: { kind, name, number }, current, verdict }: Revision): string {
  const what = kind === 'rollback' ? `rolled back to ${number}` : name ? `${kind} ${name}` : kind;
  return [what, ...(current ? ['current'] : []), ...(verdict ? [verdict] : [])].join(', ');
}
