import type { BotPhase } from '@clawster/contract/bot';
import { silenceMsMax } from '@clawster/domain/bot/phase';
import type { Step, WaitFor } from '@clawster/domain/bot/plan';
import { sql } from 'kysely';
import type { Observed } from './observe.ts';
import type { Retry } from './write-status.ts';

const soonMs = 1_000;
const waitingMs = 2_000;
/** Whoever frees a place calls for the next; this is for when that was missed. */
const slotMs = 30_000;
/** Bots at rest are looked at so often, all in turn; what may stay as it is for ever, no more often. */
export const restingMs = 15_000;
const goneMs = 60 * 60_000;

/**
 * When to look at a bot again if nothing calls for it sooner: at the latest when its silence would become *unknown*.
 * Infinity at rest: then it is looked at with all others that are.
 */
export function nextLook(
  step: Step,
  phase: BotPhase,
  { observed, retry, now }: { observed: Observed; retry: Retry | undefined; now: Date },
): number {
  if (phase === 'destroyed') return goneMs;
  const usual = usualMs(step, retry, now);
  const silentInMs = observed.link.silentSince.getTime() + silenceMsMax + 100 - now.getTime();
  // One that is heard of is not so near to its silence that the next round would come too late.
  const isNear = silentInMs > 0 && silentInMs < 2 * restingMs;
  return isNear ? Math.min(usual, Math.max(silentInMs, 200)) : usual;
}

function usualMs(step: Step, retry: Retry | undefined, now: Date): number {
  if (step.do === 'rest') return Infinity;
  if (retry && new Date(retry.at) > now) return Math.min(restingMs, new Date(retry.at).getTime() - now.getTime() + 50);
  if (step.do !== 'wait') return soonMs;
  return waitMs[step.for] ?? waitingMs;
}

/** What may last for ever, or is called for, is looked at less often. */
const waitMs: Partial<Record<WaitFor, number>> = { slot: slotMs, 'newer-copy': restingMs, 'its-place': restingMs };

/** The time in so many milliseconds, which may be Infinity. */
export function inMs(ms: number) {
  return ms === Infinity ? sql<Date>`'infinity'::timestamptz` : sql<Date>`now() + make_interval(secs => ${ms / 1000})`;
}
