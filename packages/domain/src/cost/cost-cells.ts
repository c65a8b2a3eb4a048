/** A part of what was spent on a day. Amounts are decimal numbers in full length. */
export type CostLine = {
  day: string;
  botId: string;
  bot: string;
  labels: Record<string, string>;
  channel: string;
  model: string;
  connector: string;
  target: string;
  calls: number;
  failed: number;
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  unpriced: number;
  modelUsd: string;
  infrastructureUsd: string;
  priceVersions: string;
  /** The team the bot is in now. */
  team: string;
};

/** The columns of costs in a table. */
export const costHead = [
  'day',
  'bot',
  'bot id',
  'labels',
  'channel',
  'model',
  'connector',
  'target',
  'calls',
  'failed calls',
  'input tokens',
  'output tokens',
  'cache read tokens',
  'cache write tokens',
  'calls without a known price',
  'model usd',
  'infrastructure usd',
  'price versions',
  // Last, so that programs that count columns go on reading the others.
  'team',
] as const;

/** A part of what was spent in these columns. */
export function costCells(line: CostLine): string[] {
  const { day, bot, botId, labels, channel, model, connector, target } = line;
  const labelText = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  const counts = [line.calls, line.failed, line.inputTokens, line.outputTokens, line.cacheReadTokens];
  const more = [line.cacheWriteTokens, line.unpriced];
  const amounts = [line.modelUsd, line.infrastructureUsd, line.priceVersions, line.team];
  const who = [day, bot, botId, labelText.join(' '), channel, model, connector, target];
  return [...who, ...[...counts, ...more].map(String), ...amounts];
}
