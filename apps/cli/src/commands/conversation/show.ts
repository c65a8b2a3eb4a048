import type { ConversationTurn } from '@clawster/contract/trace';
import { z } from 'zod';
import { costText, saidLines, spanText, tokensText, tookText } from '../../activity-text.ts';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import type { Output } from '../../output.ts';

export const show = cliCommand({
  usage: 'conversation show <bot> <session>',
  summary:
    'Show the latest turns of a conversation with what happened in each; sessions are in: clawster conversation list',
  options: [
    ['--limit <count>', 'how many turns (10)'],
    ['--cursor <cursor>', 'go on where the last answer said'],
  ],
  input: z.object({
    bot: z.string(),
    session: z.string(),
    limit: z.coerce.number().int().min(1).max(200).default(10),
    cursor: z.string().optional(),
  }),
  async run({ client }, { bot, ...input }) {
    return client.traces.conversation({ botId: (await findBot(client, bot)).id, ...input });
  },
  show: ({ items, nextCursor }, out) =>
    [
      ...items.toReversed().flatMap((turn) => [...turnLines(turn, out), '']),
      ...(nextCursor ? [`Turns of before: --cursor ${nextCursor}`] : []),
    ]
      .join('\n')
      .trimEnd() || 'No turn of this conversation is kept any more.',
});

function turnLines(turn: ConversationTurn, out: Output): string[] {
  const { at, outcome, failure, durationMs, spans } = turn;
  const ending = outcome === 'ok' ? outcome : out.colour('red', failure ? `${outcome}: ${failure}` : outcome);
  return [
    out.colour(
      'bold',
      `${at.slice(0, 19)}  ${ending}, ${tookText(durationMs)}, ${tokensText(turn)}, ${costText(turn)}`,
    ),
    ...saidLines(turn),
    ...spans
      .filter(({ kind }) => !kind.startsWith('message'))
      .map((span) => `  ${tookText(span.durationMs).padStart(8)}  ${spanText(span, out)}`),
  ];
}
