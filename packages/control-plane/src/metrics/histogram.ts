import type { BotFigures } from './read-figures.ts';

/** Whole powers of two from 64 ms to nine minutes: what the roll-ups count in half ones, told in half as many series. */
const exponents = Array.from({ length: 14 }, (_, place) => place + 6);

/** Upper bounds, in seconds. */
export const bounds = exponents.map((exponent) => 2 ** exponent / 1_000);

/** How many took how long: one count for each bound, and one for what took longer. */
export type Histogram = { kind: string; counts: number[]; count: number; sumSeconds: number };

/** A bot's durations, for each kind it has some of. */
export function histogramsOf({ usage, latencies }: BotFigures): Histogram[] {
  return [...Map.groupBy(latencies, ({ kind }) => kind)].map(([kind, ofKind]) => {
    const counts = Array.from({ length: bounds.length + 1 }, () => 0);
    for (const { bucket, count } of ofKind) {
      const place = Math.min(Math.max(0, Math.ceil((bucket + 1) / 2) - 6), bounds.length);
      counts[place] = (counts[place] ?? 0) + count;
    }
    const durationMs = usage.filter((one) => one.kind === kind).reduce((sum, one) => sum + one.durationMs, 0);
    return { kind, counts, count: counts.reduce((sum, count) => sum + count, 0), sumSeconds: durationMs / 1_000 };
  });
}
