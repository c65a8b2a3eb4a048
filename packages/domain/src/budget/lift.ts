/** What a budget is lifted by: an amount, or all of it for a while. */
export type Lift = { usd?: number | undefined; until?: string | undefined };

/** Whether a lift still holds; one by an amount does to the end of its period. */
export function holds(lift: Lift | undefined, now: Date): boolean {
  return lift !== undefined && (lift.until === undefined || new Date(lift.until) > now);
}

/** The limit that holds now, or undefined while there is none. */
export function limitNow(limitUsd: number, lift: Lift | undefined, now: Date): number | undefined {
  if (!lift || !holds(lift, now)) return limitUsd;
  return lift.usd === undefined ? undefined : limitUsd + lift.usd;
}
