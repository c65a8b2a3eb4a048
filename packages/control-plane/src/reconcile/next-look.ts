import type { BotPhase } from '@clawster/contract/bot';
import { silenceMsMax } from '@clawster/domain/bot/phase';
import type { Step, WaitFor } from '@clawster/domain/bot/plan';
import type { Observed } from './observe.ts';
import type { Retry } from './write-status.ts';

const soonMs = 1_000;
const waitingMs = 2_000;
/** Whoever frees a place calls for the next; this is for when that was missed. */
const slotMs = 30_000;
/** How soon a bot at rest is looked at again. */
export const restingMs = 15_000;
const goneMs = 60 * 60_000;

/** When to look at a bot again if nothing calls for it sooner: at the latest when its silence would become *unknown*. */
export function nextLook(
  step: Step,
  phase: BotPhase,
  { observed, retry, now }: { observed: Observed; retry: Retry | undefined; now: Date },
): number {
  if (phase === 'destroyed') return goneMs;
  const usual = usualMs(step, retry, now);
  const silentInMs = observed.link.silentSince.getTime() + silenceMsMax + 100 - now.getTime();
  return silentInMs > 0 ? Math.min(usual, Math.max(silentInMs, 200)) : usual;
}

function usualMs(step: Step, retry: Retry | undefined, now: Date): number {
  if (step.do === 'rest') return restingMs;
  if (retry && new Date(retry.at) > now) return Math.min(restingMs, new Date(retry.at).getTime() - now.getTime() + 50);
  if (step.do !== 'wait') return soonMs;
  return waitMs[step.for] ?? waitingMs;
}

/** What may last for ever, or is called for, is looked at less often. */
const waitMs: Partial<Record<WaitFor, number>> = { slot: slotMs, 'newer-copy': restingMs, 'its-place': restingMs };
