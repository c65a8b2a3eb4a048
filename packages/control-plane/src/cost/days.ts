import type { Days } from '@clawster/contract/cost';
import { Refusal } from '@clawster/domain/refusal';
import { databaseNow } from '../database-now.ts';
import type { Tx } from '../transaction.ts';

const dayMs = 86_400_000;
const daysMaxUsual = 400;

/** The days asked for, this month so far when none were, and as many right before them. */
export async function daysAsked(
  tx: Tx,
  asked: { from?: string | undefined; to?: string | undefined },
  daysMax = daysMaxUsual,
): Promise<Days & { before: Days; today: string }> {
  const today = dayOf(await databaseNow(tx));
  const to = asked.to ?? today;
  const from = asked.from ?? `${to.slice(0, 7)}-01`;
  const count = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
  if (count < 1) throw new Refusal('invalid', `The days end before they begin: ${from} to ${to}`);
  if (count > daysMax) throw new Refusal('invalid', `Ask for at most ${daysMax} days at once`);
  return { from, to, before: { from: dayPlus(from, -count), to: dayPlus(from, -1) }, today };
}

/** A day so many days later, or earlier. */
export function dayPlus(day: string, days: number): string {
  return dayOf(new Date(Date.parse(day) + days * dayMs));
}

/** The day of UTC a moment is in. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
