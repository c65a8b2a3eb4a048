import type { ModelPrice } from '@clawster/link/model-plan';
import type { TokenUsage } from './usage.ts';

/** What these tokens cost in US dollars; undefined where nobody said a price. OpenClaw counts by the same rule. */
export function costOf(usage: TokenUsage, price: ModelPrice | undefined): number | undefined {
  if (!price) return undefined;
  const prompt = usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;
  const rates = price.long && prompt > price.long.above ? price.long : price;
  const { input, output, cacheRead = input, cacheWrite = input } = rates;
  // Anthropic's cache of an hour is sold at twice the price of input.
  const hourly = Math.min(usage.cacheWriteHourTokens ?? 0, usage.cacheWriteTokens);
  const millionths =
    usage.inputTokens * input +
    usage.outputTokens * output +
    usage.cacheReadTokens * cacheRead +
    (usage.cacheWriteTokens - hourly) * cacheWrite +
    hourly * input * 2;
  return millionths / 1_000_000;
}
