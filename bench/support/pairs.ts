/** What ours and its peer cost, measured one right after the other. */
export type Pair = { ours: number; peer: number };

/** Two things to measure; `warmUp` runs both until their code is compiled. */
export type Measure = { ours: () => Promise<number>; peer: () => Promise<number>; warmUp: () => Promise<void> };

/** Measures in turn, so that whatever else the machine does falls on both; who goes first alternates. */
export async function measurePairs(count: number, { ours, peer, warmUp }: Measure): Promise<Pair[]> {
  await warmUp();
  const pairs: Pair[] = [];
  for (let pair = 0; pair < count; pair += 1) {
    const first = pair % 2 === 0 ? await peer() : undefined;
    const measured = await ours();
    pairs.push({ ours: measured, peer: first ?? (await peer()) });
  }
  return pairs;
}

export type Summary = Pair & { ratio: number; quartiles: [number, number] };

/** Medians of both sides and of the ratios of the pairs, with the quartiles in which half of the ratios lie. */
export function summarise(pairs: Pair[]): Summary {
  const ratios = pairs.map(({ ours, peer }) => ours / peer);
  return {
    ours: median(pairs.map(({ ours }) => ours)),
    peer: median(pairs.map(({ peer }) => peer)),
    ratio: median(ratios),
    quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
  };
}

export function median(numbers: number[]): number {
  return quantile(numbers, 0.5);
}

export function quantile(numbers: number[], part: number): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.round((sorted.length - 1) * part)] ?? Number.NaN;
}
