/** How often something was used on a day of UTC. */
export type DayUse = { day: string; uses: number };
/** Days that are looked through together, from the first day on up to, and without, the last; `often`: one day of very many uses. */
export type Stretch = { from: string; to: string; often: boolean };

/**
 * The days on which turns used something, the latest first, cut so that what is seldom is looked up by its uses and what is
 * common found by looking through a day's turns. A turn may have begun the day before its use.
 */
export function stretchesOf(days: readonly DayUse[], oftenMin: number): Stretch[] {
  const uses = new Map(days.filter(({ uses: count }) => count > 0).map(({ day, uses: count }) => [day, count]));
  const all = new Set([...uses.keys()].flatMap((day) => [day, dayAfter(day, -1)]));
  const stretches: (Stretch & { uses: number })[] = [];
  for (const day of [...all].toSorted().toReversed()) {
    const count = uses.get(day) ?? 0;
    const last = stretches.at(-1);
    if (last && !last.often && last.uses + count < oftenMin) {
      last.from = day;
      last.uses += count;
    } else stretches.push({ from: day, to: dayAfter(day, 1), often: count >= oftenMin, uses: count });
  }
  return stretches.map(({ from, to, often }) => ({ from, to, often }));
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
