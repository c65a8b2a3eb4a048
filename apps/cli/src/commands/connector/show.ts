import type { Connector } from '@clawster/contract/connector';
import type { ConnectorModel } from '@clawster/contract/model';
import { usdText } from '@clawster/domain/cost/money';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findConnector } from '../../find.ts';
import { ago, table } from '../../output.ts';

export const show = cliCommand({
  usage: 'connector show <connector>',
  summary: 'Show one model provider: its models and prices, limits, stand-ins and last check',
  input: z.object({ connector: z.string() }),
  run: ({ client }, { connector }) => findConnector(client, connector),
  show: (connector) =>
    [
      `${connector.name} (${connector.provider})`,
      ...linesOf(connector).map(([what, how]) => `  ${what.padEnd(10)}${how}`),
      '',
      table(['model', 'input', 'output', 'from cache', 'into cache', 'of', 'window'], connector.models.map(rowOf), ''),
    ].join('\n'),
});

function linesOf(connector: Connector): [string, string][] {
  const { budget, requestsPerMinute, tokensPerMinute, retries, fallbacks, bots, botCount, check } = connector;
  const unless = (limit: number | undefined, what: string) => (limit === undefined ? 'none' : `${limit} ${what}`);
  const more = botCount > bots.length ? ` and ${botCount - bots.length} more` : '';
  return [
    ['address', connector.baseUrl ?? 'the usual one'],
    ['check', check ? `${check.message}, ${ago(check.checkedAt)} ago` : 'not asked yet'],
    ['bots', botCount === 0 ? 'none' : `${bots.map(({ name }) => name).join(', ')}${more}`],
    ['budget', budget ? `${usdText(budget.usd)} a ${budget.period} for each bot` : 'none'],
    ['limits', `${unless(requestsPerMinute, 'calls')}, ${unless(tokensPerMinute, 'tokens')} a minute for each bot`],
    ['retries', String(retries)],
    ['stand-ins', fallbacks.length === 0 ? 'none' : fallbacks.map(({ model }) => model).join(', then ')],
  ];
}

function rowOf({ id, price, contextWindow }: ConnectorModel): string[] {
  const usd = (rate: number | undefined) => (rate === undefined ? '–' : `$${rate}`);
  const rates = [price?.input, price?.output, price?.cacheRead, price?.cacheWrite].map(usd);
  return [id, ...rates, price?.asOf ?? 'no price', contextWindow === undefined ? '' : String(contextWindow)];
}
