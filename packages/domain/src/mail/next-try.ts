const secondMs = 1_000;
const firstMs = 30 * secondMs;
const longestMs = 60 * 60 * secondMs;

/** How long to wait after so many failed tries: half a minute, then twice as long each time, an hour at most. */
export function waitAfter(tries: number): number {
  return Math.min(firstMs * 2 ** Math.max(0, tries - 1), longestMs);
}
