const firstMs = 2_000;
const longestMs = 5 * 60_000;

/**
 * How long to wait after so many failures in a row: doubled each time up to five minutes, and spread by
 * `random` (0 to 1) over the upper half, so that many who failed together do not come back together.
 */
export function backOffMs(failures: number, random: number): number {
  if (failures <= 0) return 0;
  const whole = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 20));
  return Math.round(whole / 2 + (whole / 2) * random);
}
