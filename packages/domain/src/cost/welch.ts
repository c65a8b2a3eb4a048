/** How far apart the means of two samples lie, and between what the difference may well be. */
export type Difference = { difference: number; low: number; high: number };

/**
 * Welch's comparison of two means, the samples of unlike size and spread: `level` of such ranges hold the true difference.
 * Good from some 30 values a side on.
 */
export function welch(before: readonly number[], after: readonly number[], level = 0.99): Difference {
  const [a, b] = [momentsOf(before), momentsOf(after)];
  const error = a.variance / a.count + b.variance / b.count;
  const difference = b.mean - a.mean;
  if (error === 0) return { difference, low: difference, high: difference };
  const freedom =
    error ** 2 / ((a.variance / a.count) ** 2 / (a.count - 1) + (b.variance / b.count) ** 2 / (b.count - 1));
  const reach = studentQuantile((1 + level) / 2, freedom) * Math.sqrt(error);
  return { difference, low: difference - reach, high: difference + reach };
}

/** The mean of a sample and how far its values spread. */
export function momentsOf(values: readonly number[]): { count: number; mean: number; variance: number } {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { count, mean, variance: count > 1 ? squares / (count - 1) : 0 };
}

/** Student's t below which `share` lies: the normal's, widened (Abramowitz and Stegun 26.7.5). */
export function studentQuantile(share: number, freedom: number): number {
  const z = normalQuantile(share);
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
  ];
  return terms.reduce((sum, term, at) => sum + term / freedom ** (at + 1), z);
}

/** Abramowitz and Stegun 26.2.23, to three digits. */
function normalQuantile(share: number): number {
  const tail = Math.min(share, 1 - share);
  const t = Math.sqrt(-2 * Math.log(tail));
  const z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  return share < 0.5 ? -z : z;
}
