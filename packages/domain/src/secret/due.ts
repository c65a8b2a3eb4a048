const dayMs = 24 * 60 * 60_000;

/** So long before a secret ends it should be replaced: time enough for someone to fetch another. */
export const warningDays = 14;

/** When a secret is to be replaced: when its schedule says so, or `warningDays` before it ends, whichever is sooner. */
export function dueAtOf({
  setAt,
  expiresAt,
  rotateDays,
}: {
  setAt: Date;
  expiresAt: Date | undefined;
  rotateDays: number | undefined;
}): Date | undefined {
  const times = [
    ...(rotateDays === undefined ? [] : [setAt.getTime() + rotateDays * dayMs]),
    ...(expiresAt === undefined ? [] : [Math.max(setAt.getTime(), expiresAt.getTime() - warningDays * dayMs)]),
  ];
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}
