/** What two things cost when measured in turn: the medians of both, and of the ratios of the pairs. */
export type Compared = { ours: number; peer: number; ratio: number; quartiles: [number, number] };

/**
 * Measures ours and its peer in turn, so that whatever else the machine does falls on both. Who goes first alternates;
 * one pair before them, which is not counted, warms both up.
 */
export async function compare(
  pairs: number,
  measure: { ours: () => Promise<number>; peer: () => Promise<number> },
): Promise<Compared> {
  await measure.peer();
  await measure.ours();
  const measured: { ours: number; peer: number }[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const first = pair % 2 === 0 ? await measure.peer() : undefined;
    const ours = await measure.ours();
    measured.push({ ours, peer: first ?? (await measure.peer()) });
  }
  const ratios = measured.map(({ ours, peer }) => ours / peer);
  return {
    ours: median(measured.map(({ ours }) => ours)),
    peer: median(measured.map(({ peer }) => peer)),
    ratio: median(ratios),
    quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
  };
}

export function median(numbers: number[]): number {
  return quantile(numbers, 0.5);
}

function quantile(numbers: number[], part: number): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.round((sorted.length - 1) * part)] ?? Number.NaN;
}
