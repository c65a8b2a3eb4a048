const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A longer time is shown by days. */
const hoursShownMax = 4 * dayMs;

export type During = { from: string; to: string };
export type Scale = { startMs: number; everyMs: number; count: number };

/** Round values from 0 to at least `max`, about four steps: the lines a chart is read by. */
export function ticksTo(max: number): number[] {
  if (!(max > 0)) return [0, 1];
  const rough = max / 4;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * magnitude >= rough) ?? 10) * magnitude;
  const steps = Math.ceil(max / step - 1e-9);
  return Array.from({ length: steps + 1 }, (_, at) => Number((at * step).toPrecision(12)));
}

/**
 * The slots of equal length that moments fall into: as long as the least distance between two of them, from the first
 * to the last, or over all of `during`, so that a time in which nothing happened has its place too.
 */
export function scaleOf(moments: readonly string[], during?: During): Scale {
  const times = [...new Set(moments.map((at) => Date.parse(at)))].toSorted((one, other) => one - other);
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? time));
  const [first = during ? Date.parse(during.from) : 0, last = first] = [times[0], times.at(-1)];
  const from = during ? Date.parse(during.from) : first;
  const to = during ? Date.parse(during.to) : last + 1;
  const everyMs = Math.min(...gaps, to - from > hoursShownMax ? dayMs : hourMs);
  const startMs = first - Math.max(0, Math.floor((first - from) / everyMs)) * everyMs;
  return { startMs, everyMs, count: Math.max(1, Math.ceil((Math.max(to, last + 1) - startMs) / everyMs)) };
}

/** Which slot a moment falls into. */
export function slotOf({ startMs, everyMs }: Scale, at: string): number {
  return Math.floor((Date.parse(at) - startMs) / everyMs);
}

/** What a slot is called: a day (in UTC, as days are counted), or an hour here. */
export function slotName({ startMs, everyMs, count }: Scale, slot: number): string {
  const at = new Date(startMs + slot * everyMs);
  if (everyMs >= dayMs) return at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const clock = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (count * everyMs <= dayMs + everyMs) return clock;
  return `${at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}, ${clock}`;
}

/** The slots that are named beneath a chart, at most so many, evenly spaced. */
export function namedSlots(count: number, most: number): number[] {
  const every = Math.ceil(count / most);
  return Array.from({ length: Math.ceil(count / every) }, (_, at) => at * every);
}
