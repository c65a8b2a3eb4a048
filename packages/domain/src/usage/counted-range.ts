const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Up to so many days are counted by hours. */
const byHourDaysMax = 3;

/**
 * How a range is counted, as days of UTC and hours: from `days.from` up to `days.to`, and beside them from `hours.from` up to
 * `hours.to`; where both are the same there are none.
 */
export type CountedRange = {
  by: 'hour' | 'day';
  days: { from: string; to: string };
  hours: { from: string; to: string };
  from: string;
  to: string;
};

/** Up to three days in whole hours; longer ones in whole days, and the hours of the last. One that goes on until now has its last day whole. */
export function countedRange({
  from,
  to,
  untilNow = false,
}: {
  from: Date;
  to: Date;
  untilNow?: boolean;
}): CountedRange {
  const byHour = to.getTime() - from.getTime() <= byHourDaysMax * dayMs;
  const beginMs = floor(from.getTime(), byHour ? hourMs : dayMs);
  const endMs = floor(to.getTime() + hourMs - 1, hourMs);
  const hoursFromMs = byHour ? beginMs : floor(endMs + (untilNow ? dayMs - 1 : 0), dayMs);
  const [begin, hoursFrom, end] = [beginMs, hoursFromMs, endMs].map((ms) => new Date(ms).toISOString()) as [
    string,
    string,
    string,
  ];
  return {
    by: byHour ? 'hour' : 'day',
    days: { from: begin.slice(0, 10), to: byHour ? begin.slice(0, 10) : hoursFrom.slice(0, 10) },
    hours: { from: hoursFrom, to: end < hoursFrom ? hoursFrom : end },
    from: begin,
    to: end,
  };
}

function floor(ms: number, unitMs: number): number {
  return Math.floor(ms / unitMs) * unitMs;
}
