/** How many took how long: bucket n holds what took from 2^(n/2) to 2^((n+1)/2) ms. */
export type Bucket = { bucket: number; count: number };

/**
 * How long the given part of all took at most, such as 0.95 of them, or undefined of none; within the bucket where that
 * lies they are taken to be spread evenly, which is right to within a fifth.
 */
export function percentileOf(buckets: readonly Bucket[], part: number): number | undefined {
  const kept = buckets.filter(({ count }) => count > 0).toSorted((one, other) => one.bucket - other.bucket);
  const rank = part * kept.reduce((sum, { count }) => sum + count, 0);
  let below = 0;
  for (const { bucket, count } of kept) {
    if (below + count >= rank) return Math.round(2 ** ((bucket + (rank - below) / count) / 2));
    below += count;
  }
  return undefined;
}
