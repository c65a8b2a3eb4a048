import type { Span, Turn } from '@clawster/contract/trace';
import { usdAverageText } from '@clawster/domain/cost/money';
import { countText, type Output } from './output.ts';

/** "320 ms", "4.2 s", "3 min": how long something took. */
export function tookText(ms: number | undefined): string {
  if (ms === undefined) return '–';
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 120_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;
}

/** Money, with a + where something of it has no known price. */
export function costText({ costUsd, unpriced }: { costUsd: number; unpriced: number }): string {
  return `${usdAverageText(costUsd)}${unpriced > 0 ? '+' : ''}`;
}

type Tokens = Pick<Turn, 'inputTokens' | 'outputTokens' | 'cacheReadTokens' | 'cacheWriteTokens'>;

/** All that went in, caches included, and what came out. */
export function tokensText({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }: Tokens): string {
  return `${countText(inputTokens + cacheReadTokens + cacheWriteTokens)} in, ${countText(outputTokens)} out`;
}

/** A bot by its name; one that is gone by its id. */
export function botText({ botId, botName }: { botId: string; botName?: string | undefined }): string {
  return botName ?? `${botId} (gone)`;
}

export const turnHead = ['when', 'bot', 'channel', 'outcome', 'tools', 'tokens', 'cost', 'took', 'trace'];

/** A turn in the columns of `turnHead`. */
export function turnRow(turn: Turn): string[] {
  const { at, channel, outcome, tools, toolCalls, durationMs, traceId } = turn;
  return [
    at.slice(0, 19),
    botText(turn),
    channel || '–',
    outcome,
    toolCalls === 0 ? '–' : `${tools.join(', ')} (${toolCalls})`,
    tokensText(turn),
    costText(turn),
    tookText(durationMs),
    traceId,
  ];
}

/** What was said in a turn or a span, an indented line each; none where it is not captured or not to be read. */
export function saidLines({ text }: Pick<Turn, 'text'>, indent = '  '): string[] {
  const lines = (mark: string, said: string | undefined) =>
    said === undefined ? [] : said.split('\n').map((line, index) => `${indent}${index === 0 ? mark : ' '} ${line}`);
  return [...lines('>', text?.in), ...lines('<', text?.out)];
}

/** A span's kind and what tells it from others of its kind. */
export function spanText(span: Span, out: Output): string {
  const { kind, name, outcome, failure, difference } = span;
  const told = [`${kind}${name ? ` ${name}` : ''}`, ...detailsOf(span)].join(', ');
  const ending = outcome === 'ok' ? '' : ` ${out.colour('red', failure ? `${outcome}: ${failure}` : outcome)}`;
  const apart = difference
    ? ` ${out.colour('yellow', `${difference.why}: ${countText(difference.openclaw.inputTokens)} in, ${countText(difference.openclaw.outputTokens)} out`)}`
    : '';
  return `${told}${ending}${apart}`;
}

function detailsOf(span: Span): string[] {
  const { kind, channel, costUsd, unpriced, characters, estimated } = span;
  if (kind === 'model-call')
    return [
      `${estimated ? '~' : ''}${tokensText(span)}`,
      costUsd === undefined ? (unpriced > 0 ? 'no known price' : 'no cost') : usdAverageText(costUsd),
    ];
  if (kind === 'turn') return [channel].filter(Boolean);
  const count = (characters?.in ?? 0) + (characters?.out ?? 0);
  return count > 0 ? [`${countText(count)} characters`] : [];
}
