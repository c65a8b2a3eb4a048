/** Numbers that follow from a seed alone, so that a failure can be had again. */
export type Chance = {
  /** From 0 to below 1. */
  next(): number;
  /** A whole number of milliseconds, or whatever is counted. */
  between(low: number, high: number): number;
  pick<T>(from: readonly T[]): T;
};

const usualCount = 2;

/**
 * The seeds of this run: the one in `CLAWSTER_FAULT_SEED`, or as many as `CLAWSTER_FAULT_SEEDS` says, from 1 on.
 * `count` is how many a row runs with when nothing is said.
 */
export function seeds(count = usualCount): number[] {
  const one = process.env['CLAWSTER_FAULT_SEED'];
  if (one) return [Number(one)];
  const many = Number(process.env['CLAWSTER_FAULT_SEEDS'] || count);
  return Array.from({ length: many }, (_, index) => index + 1);
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  // Mulberry32: small, and good enough to choose moments and victims.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (from) => from[Math.floor(next() * from.length)] as (typeof from)[number],
  };
}

/** Says a figure where whoever runs the suite sees it. */
export function tell(figure: string): void {
  process.stderr.write(`  ${figure} [${(performance.now() / 1000).toFixed(0)} s]\n`);
}
