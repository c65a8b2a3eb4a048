import type { Measure } from '@clawster/contract/cost';
import { usdAverageText } from './money.ts';
import { momentsOf, welch } from './welch.ts';

/** A turn as it is compared; without `usd` where a call of it had no known price, without `tokens` where its calls are not known. */
export type ComparedTurn = {
  usd?: number | undefined;
  tokens?: number | undefined;
  failed: boolean;
  durationMs: number;
};

/** With fewer on a side nothing is told. */
const turnsNeeded = 30;

type Kind = {
  name: Measure['name'];
  /** As it begins a sentence. */
  words: string;
  of(turn: ComparedTurn): number | undefined;
  /** What of a sample is shown. */
  middle(values: number[]): number;
  /** What is compared; lengths of time differ by factors, so their logarithms are. */
  scale?(value: number): number;
  write(value: number): string;
};

const mean = (values: number[]) => momentsOf(values).mean;
const kinds: Kind[] = [
  { name: 'cost', words: 'Cost per turn', of: ({ usd }) => usd, middle: mean, write: usdAverageText },
  {
    name: 'tokens',
    words: 'Tokens per turn',
    of: ({ tokens }) => tokens,
    middle: mean,
    write: (value) => Math.round(value).toLocaleString('en-US'),
  },
  {
    name: 'failures',
    words: 'The share of turns that failed',
    of: ({ failed }) => (failed ? 1 : 0),
    middle: mean,
    write: (value) => `${(value * 100).toFixed(1)}%`,
  },
  {
    name: 'duration',
    words: 'The usual duration of a turn',
    of: ({ durationMs }) => durationMs,
    middle: median,
    scale: (value) => Math.log(Math.max(1, value)),
    write: (value) => (value < 1_000 ? `${Math.round(value)} ms` : `${(value / 1_000).toFixed(1)} s`),
  },
];

/**
 * What differs between turns before and after a change. Four measures are looked at together, so each is told to differ only
 * where chance alone would do that once in a hundred times; that the change is why, no count can say.
 */
export function compareTurns(before: readonly ComparedTurn[], after: readonly ComparedTurn[]): Measure[] {
  return kinds.map((kind) => {
    const values = [before, after].map((turns) => turns.flatMap((turn) => kind.of(turn) ?? []));
    return measure(kind, values[0] ?? [], values[1] ?? []);
  });
}

function measure(kind: Kind, before: number[], after: number[]): Measure {
  const { name, words, middle, scale = (value: number) => value, write } = kind;
  const sides = { before: sideOf(before, middle), after: sideOf(after, middle) };
  const told = (verdict: Measure['verdict'], text: string): Measure => ({ name, ...sides, verdict, text });
  if (Math.min(before.length, after.length) < turnsNeeded)
    return told(
      'too-few',
      `Too few turns to tell: ${before.length} before and ${after.length} after, and ${turnsNeeded} are needed on each side.`,
    );

  const from = `${words}: ${write(sides.before.value ?? 0)} before, ${write(sides.after.value ?? 0)} after`;
  const { low, high } = welch(before.map(scale), after.map(scale));
  if (low <= 0 && high >= 0) return told('no-difference', `${from}. The difference may well be chance.`);
  const verdict = low > 0 ? 'more' : 'less';
  return told(verdict, `${from}. It is ${verdict}, and chance alone would seldom do that.`);
}

function sideOf(values: number[], middle: (values: number[]) => number) {
  return { count: values.length, ...(values.length > 0 ? { value: middle(values) } : {}) };
}

/** The value in the middle; of an even number, the mean of the two there. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}
