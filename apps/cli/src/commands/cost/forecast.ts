import { usdText } from '@clawster/domain/cost/money';
import { cliCommand } from '../../command.ts';
import { whoseOf, whoseOptions, WhoseInput } from './filter.ts';

export const forecast = cliCommand({
  usage: 'cost forecast',
  summary: 'Show what this month is thought to come to',
  options: whoseOptions,
  input: WhoseInput,
  run: async ({ client }, whose) => client.costs.forecast(await whoseOf(client, whose)),
  show: ({ month, spentUsd, expected, basis }) =>
    [
      `${month}: ${usdText(spentUsd)} so far${expected ? `, about ${usdText(expected.usd)} at its end (${usdText(expected.lowUsd)} to ${usdText(expected.highUsd)})` : ''}`,
      basis,
    ].join('\n'),
});
