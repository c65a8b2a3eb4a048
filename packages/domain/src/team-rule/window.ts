import type { RuleCondition } from '@clawster/contract/team-rule';

export type Window = NonNullable<RuleCondition['time']>;
const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const dayMinutes = 24 * 60;
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Whether there is a time zone of this name. */
export function isTimezone(timezone: string): boolean {
  try {
    clockOf(timezone);
    return true;
  } catch {
    return false;
  }
}

/** Whether the moment lies in the window, as clocks go there; one over midnight belongs to the day it begins on. */
export function isWithin({ days: only, from = '00:00', to = '24:00', timezone }: Window, at: Date): boolean {
  const { day, minute } = there(timezone, at);
  const [begin, end] = [minutesOf(from), minutesOf(to)];
  const isOn = (one: number) => !only || only.includes(one);
  if (begin < end) return isOn(day) && minute >= begin && minute < end;
  const before = day === 1 ? 7 : day - 1;
  return (isOn(day) && minute >= begin) || (isOn(before) && minute < end);
}

function there(timezone: string, at: Date): { day: number; minute: number } {
  const parts = new Map(
    clockOf(timezone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const minute = minutesOf(`${parts.get('hour')}:${parts.get('minute')}`) % dayMinutes;
  return { day: days.indexOf(parts.get('weekday') ?? '') + 1, minute };
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Making one costs more than all that is asked of it. */
function clockOf(timezone: string): Intl.DateTimeFormat {
  const known = clocks.get(timezone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  clocks.set(timezone, made);
  return made;
}
