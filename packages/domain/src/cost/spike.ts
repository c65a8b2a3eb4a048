import { median } from './comparison.ts';
import { usdText } from './money.ts';

export type HourUse = { usd: number; tokens: number };
export type Spike = { usd: number; usualUsd: number; tokens: number; usualTokens: number; why: string };

/** What an hour must come to, in the one or the other, before anyone is told: cents do not alarm. */
export const leastUsd = 1;
export const leastTokens = 500_000;
/** So many times what is usual, and so far from how it usually differs. */
const timesUsual = 3;
const deviations = 6;
/** From the median of distances to a normal distribution's deviation. */
const madToDeviation = 1.4826;
/** Of the days before; with fewer nothing is usual yet. */
const daysNeeded = 3;

/**
 * Whether a bot's hour is far above what is usual for it at this time of day: above three times the median of the same hours
 * of the days before it, and beyond how they differ. Says what it saw in a sentence; undefined when nothing is odd.
 */
export function spikeOf(hour: HourUse, before: readonly HourUse[]): Spike | undefined {
  if (before.length < daysNeeded) return undefined;
  const usualUsd = median(before.map(({ usd }) => usd));
  const usualTokens = median(before.map(({ tokens }) => tokens));
  const costs =
    hour.usd >= leastUsd &&
    isFar(
      hour.usd,
      before.map(({ usd }) => usd),
    );
  const takes =
    hour.tokens >= leastTokens &&
    isFar(
      hour.tokens,
      before.map(({ tokens }) => tokens),
    );
  if (!costs && !takes) return undefined;
  const what = costs
    ? `It cost ${usdText(hour.usd)} within the hour, and usually costs ${usdText(usualUsd)} at this time of day`
    : `It took ${count(hour.tokens)} tokens within the hour, and usually takes ${count(usualTokens)} at this time of day`;
  return { ...hour, usualUsd, usualTokens, why: `${what}, by the last ${before.length} days.` };
}

function isFar(value: number, usual: readonly number[]): boolean {
  const middle = median(usual);
  const spread = median(usual.map((one) => Math.abs(one - middle)));
  return value > timesUsual * middle && value > middle + deviations * madToDeviation * spread;
}

function count(tokens: number): string {
  return Math.round(tokens).toLocaleString('en-US');
}
