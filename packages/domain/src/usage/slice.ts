const dayMs = 86_400_000;
/** So many days more are looked through each time. */
const widths = [1, 7, 30, 90, 400];

export type Slice = { from: string; to: string };

/**
 * A range cut at midnights of UTC, the latest slice first and each wider than the one before: what is looked for from the latest
 * on is mostly found in the first, and the days beyond are left alone.
 */
export function slicesOf({ from, to }: Slice): Slice[] {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  const midnightMs = Math.floor((toMs - 1) / dayMs) * dayMs;
  const edges = widths.map((days) => midnightMs - days * dayMs).filter((edgeMs) => edgeMs > fromMs);
  const all = [toMs, ...edges, fromMs];
  return all.slice(1).map((edgeMs, index) => ({
    from: new Date(edgeMs).toISOString(),
    to: new Date(all[index] ?? toMs).toISOString(),
  }));
}
