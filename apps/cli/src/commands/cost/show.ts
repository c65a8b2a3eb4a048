import { CostGroup, type CostRow, type Costs } from '@clawster/contract/cost';
import { sayChange, sayCostRow } from '@clawster/domain/cost/say-cost-row';
import { usdTable } from '@clawster/domain/cost/money';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { countText, table } from '../../output.ts';
import { dayOptions, DaysInput, whoseOf, whoseOptions, WhoseInput } from './filter.ts';

export const show = cliCommand({
  usage: 'cost show',
  summary: 'Show what bots cost, against the days before',
  options: [
    ['--by <group>', 'bot, channel, model, connector, target, day, team or label (bot)'],
    ['--label <name>', 'the label to group by, such as env'],
    ...whoseOptions,
    ...dayOptions,
  ],
  input: WhoseInput.extend({
    ...DaysInput.shape,
    by: CostGroup.optional(),
    label: z.string().optional(),
  }),
  async run({ client }, { by, label, from, to, ...whose }) {
    const group = by ?? (label === undefined ? 'bot' : 'label');
    return { group, ...(await client.costs.list({ ...(await whoseOf(client, whose)), group, label, from, to })) };
  },
  show: (costs) => [headOf(costs), '', tableOf(costs), ...unpricedOf(costs)].join('\n'),
});

function headOf({ from, to, before, total }: Costs): string {
  return `${from} to ${to}, against ${before.from} to ${before.to}: ${sayChange(total.totalUsd, total.beforeUsd)}`;
}

function tableOf({ rows, total, group }: Costs & { group: CostGroup }): string {
  const money = usdTable(rows.map(({ modelUsd, infrastructureUsd }) => [modelUsd, infrastructureUsd]));
  const lines = rows.map((row, at) => [
    sayCostRow(row, group),
    ...countsOf(row),
    ...(money.rows[at] ?? []),
    `${Math.round(row.share * 100)}%`,
    sayChange(row.totalUsd, row.before.totalUsd),
  ]);
  const sum = ['all', ...countsOf(total), ...money.totals, '', ''];
  const head = ['what', 'calls', 'tokens', 'models', 'infrastructure', 'total', 'share', 'change'];
  return table(head, lines.length > 0 ? [...lines, sum] : [], 'Nothing was spent in these days.');
}

function countsOf(
  row: Pick<CostRow, 'calls' | 'inputTokens' | 'outputTokens' | 'cacheReadTokens' | 'cacheWriteTokens'>,
) {
  const tokens = row.inputTokens + row.outputTokens + row.cacheReadTokens + row.cacheWriteTokens;
  return [countText(row.calls), countText(tokens)];
}

/** What is missing in the sum is said, never shown as nothing. */
function unpricedOf({ total: { unpriced } }: Costs): string[] {
  if (unpriced === 0) return [];
  const calls = unpriced === 1 ? '1 call' : `${countText(unpriced)} calls`;
  return ['', `${calls} without a known price ${unpriced === 1 ? 'is' : 'are'} missing in these amounts.`];
}
