const hourMs = 60 * 60_000;
/** So many are worth remembering: more say nothing else. */
const rememberedMax = 20;

/** How often a gateway was started again, and when that was seen within the last hour. */
export type Restarts = { count: number; at: Date[] };

/** What another look at the supervisor's count makes of it. A count that begins anew is of a new process. */
export function restartsAfter(before: Restarts | undefined, count: number | undefined, now: Date): Restarts {
  const recent = (before?.at ?? []).filter((at) => now.getTime() - at.getTime() < hourMs);
  if (count === undefined) return { count: before?.count ?? 0, at: recent };
  const risen = before && count > before.count ? count - before.count : 0;
  return { count, at: [...recent, ...Array.from({ length: risen }, () => now)].slice(-rememberedMax) };
}
