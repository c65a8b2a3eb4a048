export type Period = 'day' | 'week' | 'month';

/** The period of UTC that `now` is in, from its first moment to that of the next. */
export function periodAt(period: Period, now: Date): { startsAt: Date; endsAt: Date } {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  const at = (monthOf: number, dayOf: number) => new Date(Date.UTC(year, monthOf, dayOf));
  if (period === 'day') return { startsAt: at(month, day), endsAt: at(month, day + 1) };
  if (period === 'month') return { startsAt: at(month, 1), endsAt: at(month + 1, 1) };
  const monday = day - ((now.getUTCDay() + 6) % 7);
  return { startsAt: at(month, monday), endsAt: at(month, monday + 7) };
}

/** When the limit is reached if spending goes on as it did since the period began, or undefined when that is after its end. */
export function exhaustedAt(
  { spentUsd, limitUsd, now }: { spentUsd: number; limitUsd: number; now: Date },
  { startsAt, endsAt }: { startsAt: Date; endsAt: Date },
): Date | undefined {
  const elapsedMs = now.getTime() - startsAt.getTime();
  if (spentUsd <= 0 || spentUsd >= limitUsd || elapsedMs <= 0) return undefined;
  const at = new Date(startsAt.getTime() + elapsedMs * (limitUsd / spentUsd));
  return at < endsAt ? at : undefined;
}
