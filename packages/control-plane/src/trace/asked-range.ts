import { Refusal } from '@clawster/domain/refusal';

const dayMs = 86_400_000;
const daysMax = 400;

/** The range that is asked for, the last 24 hours where nothing is said; refused when it is none, or too long to be looked through. */
export function askedRange(
  asked: { from?: string | undefined; to?: string | undefined },
  now: Date,
): { from: Date; to: Date } {
  const to = asked.to === undefined ? now : new Date(asked.to);
  const from = asked.from === undefined ? new Date(to.getTime() - dayMs) : new Date(asked.from);
  if (from >= to) throw new Refusal('invalid', 'The range ends before it begins: "from" is to be earlier than "to"');
  if (to.getTime() - from.getTime() > daysMax * dayMs)
    throw new Refusal('invalid', `The range is longer than ${daysMax} days: ask for a shorter one`);
  return { from, to };
}
