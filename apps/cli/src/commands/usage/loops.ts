import { usdAverageText } from '@clawster/domain/cost/money';
import { botText } from '../../activity-text.ts';
import { cliCommand } from '../../command.ts';
import { countText, table } from '../../output.ts';
import { usageAsked, UsageInput, usageOptions } from './asked.ts';

export const loops = cliCommand({
  usage: 'usage loops',
  summary: 'List turns that went in circles, the latest first, and why that is thought',
  options: usageOptions,
  input: UsageInput,
  run: async ({ client }, input) => (await client.traces.loops(await usageAsked(client, input))).items,
  show: (found) =>
    table(
      ['when', 'bot', 'channel', 'why', 'tool calls', 'model calls', 'cost', 'trace'],
      found.map((loop) => [
        loop.at.slice(0, 19),
        botText(loop),
        loop.channel || '–',
        loop.why,
        countText(loop.toolCalls),
        countText(loop.modelCalls),
        usdAverageText(loop.costUsd),
        loop.traceId,
      ]),
      'No turn went in circles in that time.',
    ),
});
