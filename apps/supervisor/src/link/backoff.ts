/** How long to wait before trying again: doubles from `firstMs` to `lastMs`, spread out so that many do not come back at once. */
export function backoffMs(
  attempt: number,
  options: { firstMs: number; lastMs: number },
  random: () => number = Math.random,
): number {
  const full = Math.min(options.lastMs, options.firstMs * 2 ** Math.min(attempt, 30));
  return Math.round(full * (0.5 + random() / 2));
}
