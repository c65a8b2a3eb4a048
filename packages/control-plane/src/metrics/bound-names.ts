import type { BotFigures, Latency, Row, Usage } from './read-figures.ts';

/** So many are told by name, each; all others together as `other`. */
const botsMax = 500;
const namesMax = 50;
const other = 'other';

/** How many are told together, for who reads that to know. */
export type Bounded = { bots: BotFigures[]; otherBots: number; otherNames: number };

type Bot = { id: string; name: string; phase: string };

/** Puts sums to their bots. Names without end would be series without end: those that came first keep theirs. */
export function boundNames(bots: readonly Bot[], rows: readonly Row[]): Bounded {
  const figures = new Map<string, BotFigures>();
  for (const { id, name, phase } of bots.slice(0, botsMax))
    figures.set(id, { bot: { id, name }, phase, usage: [], latencies: [] });
  const rest: BotFigures = { bot: { id: other, name: other }, usage: [], latencies: [] };
  for (const { id } of bots.slice(botsMax)) figures.set(id, rest);
  const { nameOf, otherNames } = names(rows);
  for (const row of rows) {
    const of = figures.get(row.botId);
    if (!of) continue;
    if ('bucket' in row && row.bucket !== null) addLatency(of.latencies, row);
    else addUsage(of.usage, { ...(row as Usage), name: nameOf(row) });
  }
  const otherBots = Math.max(0, bots.length - botsMax);
  return { bots: [...new Set(figures.values())], otherBots, otherNames };
}

/** Models, tools and channels each have so many names. */
function names(rows: readonly Row[]) {
  const firstDays = new Map<string, string>();
  for (const { kind, name, firstDay } of rows) {
    const key = `${kind}\n${name}`;
    const known = firstDays.get(key);
    if (known === undefined || firstDay < known) firstDays.set(key, firstDay);
  }
  const ordered = [...firstDays].toSorted(([one, first], [another, second]) =>
    `${first}${one}`.localeCompare(`${second}${another}`),
  );
  const kept = new Set<string>();
  const counts = new Map<string, number>();
  for (const [key] of ordered) {
    const kind = key.slice(0, key.indexOf('\n'));
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (count <= namesMax) kept.add(key);
  }
  return {
    nameOf: ({ kind, name }: Row) => (kept.has(`${kind}\n${name}`) ? name : other),
    otherNames: firstDays.size - kept.size,
  };
}

function addLatency(latencies: Latency[], { kind, bucket, count }: Latency): void {
  const known = latencies.find((one) => one.kind === kind && one.bucket === bucket);
  if (known) known.count += count;
  else latencies.push({ kind, bucket, count });
}

const sums = [
  'count',
  'failed',
  'unpriced',
  'inputTokens',
  'outputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'costUsd',
  'durationMs',
] as const satisfies (keyof Usage)[];

function addUsage(usage: Usage[], row: Usage): void {
  const { kind, name, provider } = row;
  const known = usage.find((one) => one.kind === kind && one.name === name && one.provider === provider);
  if (known) for (const sum of sums) known[sum] += row[sum];
  else usage.push({ ...row });
}
