import type { ModelCall, ModelTotal } from '@clawster/contract/model';
import { Timestamp } from '@clawster/contract/page';
import { usdText } from '@clawster/domain/cost/money';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { table } from '../../output.ts';

export const modelCalls = cliCommand({
  usage: 'bot model-calls <bot>',
  summary: 'List what a bot asked of models: tokens, cost, who answered, and what it comes to',
  options: [
    ['--limit <number>', 'how many (20)'],
    ['--since <time>', 'from this time on, such as 2026-11-27T00:00:00Z'],
  ],
  input: z.object({
    bot: z.string(),
    limit: z.coerce.number().int().min(1).max(200).default(20),
    since: Timestamp.optional(),
  }),
  async run({ client }, { bot, limit, since }) {
    const { id: botId } = await findBot(client, bot);
    const { items, total, totals } = await client.bots.modelCalls({ botId, limit, since });
    return { items, total, totals };
  },
  show: ({ items, totals }) =>
    [
      table(
        ['when', 'model', 'in', 'from cache', 'out', 'cost', 'took', 'where', 'outcome'],
        items.map(rowOf),
        'It has asked no model yet.',
      ),
      ...(totals.length > 0
        ? ['', table(['model', 'calls', 'failed', 'in', 'out', 'cost'], totals.map(sumOf), '')]
        : []),
    ].join('\n'),
});

function rowOf(call: ModelCall): string[] {
  const tokens = call.usage ?? call.estimated;
  const about = call.usage ? '' : '~';
  const number = (value: number | undefined) => (value === undefined ? '–' : `${about}${value}`);
  return [
    call.startedAt,
    call.upstreamModel && call.upstreamModel !== call.model ? `${call.model} → ${call.upstreamModel}` : call.model,
    number(tokens?.inputTokens),
    number(tokens?.cacheReadTokens),
    number(tokens?.outputTokens),
    call.costUsd === undefined ? '–' : `${about}$${call.costUsd.toFixed(6)}`,
    `${(call.durationMs / 1_000).toFixed(1)} s`,
    call.channel ?? '–',
    call.failure ?? call.outcome,
  ];
}

/** A sum that estimates or unknown prices are in says so. */
function sumOf(sum: ModelTotal): string[] {
  const about = sum.estimated > 0 ? '~' : '';
  const missing = sum.unpriced > 0 ? ` and ${sum.unpriced} calls at no known price` : '';
  const { model, calls, failed, inputTokens, cacheReadTokens, outputTokens, costUsd } = sum;
  const asked = String(inputTokens + cacheReadTokens);
  return [
    model,
    String(calls),
    String(failed),
    about + asked,
    about + String(outputTokens),
    `${about}${usdText(costUsd)}${missing}`,
  ];
}
