import { backOffMs } from '@clawster/domain/bot/back-off';
import { phaseOf } from '@clawster/domain/bot/phase';
import { plan, type Step } from '@clawster/domain/bot/plan';
import type { DueBot } from './lease-bots.ts';
import { nextLook } from './next-look.ts';
import type { Observed } from './observe.ts';
import type { Outcome, Retry } from './write-status.ts';

/** How a step turned out, and when. */
export type Taken = { step: Step; error?: unknown; now: Date };

/** The one step to take with a bot as it was seen. */
export function stepFor(bot: DueBot, { facts }: Observed): Step {
  const { spec, generation, workloadGeneration, operationId } = bot;
  return plan({ desired: spec.desired, generation, workloadGeneration, held: operationId !== null }, facts);
}

/** What is to be told of a bot after its step, and when to look again. */
export function outcomeOf(bot: DueBot, observed: Observed, taken: Taken): Outcome {
  const { step, now } = taken;
  const retry = retryAfter(bot, observed, taken);
  const trouble = retry?.message ? { message: retry.message, nextTryAt: new Date(retry.at) } : undefined;
  const { spec, generation } = bot;
  const told = phaseOf({
    desired: spec.desired,
    heldBy: observed.heldBy,
    generation,
    modelCheck: spec.modelCheck,
    runtimeVersion: spec.runtimeVersion,
    seen: observed.facts.seen,
    runtime: observed.runtime,
    link: observed.link,
    declined: observed.declined,
    report: observed.report,
    step,
    trouble,
    now,
  });
  if (told.phase === 'failed' && observed.runtime.phase === 'failed')
    told.nextTryAt ??= observed.runtime.nextTryAt.toISOString();
  return {
    told,
    observed,
    retry,
    addressToldAt: step.do === 'tell-address' ? now.toISOString() : bot.status.addressToldAt,
    failures: failuresAfter(bot, { step, retry }),
    lookAgainInMs: nextLook(step, told.phase, { observed, retry, now }),
    now,
  };
}

/** A step that failed, and a process that ended by itself, are tried again later and later. */
function retryAfter(bot: DueBot, { facts }: Observed, { step, error, now }: Taken): Retry | undefined {
  const at = () => new Date(now.getTime() + backOffMs(bot.failures + 1, Math.random())).toISOString();
  if (error !== undefined) return { at: at(), message: sentenceOf(error) };
  if (step.do === 'apply' && facts.seen.state === 'exited') return { at: at() };
  // A step that failed while its target went away failed for that: it is taken as soon as the target is back.
  if (step.do === 'wait' && step.for === 'target') return undefined;
  if (step.do === 'rest' || (step.do === 'configure' && bot.status.retry?.message)) return undefined;
  return bot.status.retry;
}

function failuresAfter(bot: DueBot, { step, retry }: { step: Step; retry: Retry | undefined }): number {
  if (step.do === 'rest') return 0;
  return retry !== undefined && retry !== bot.status.retry ? bot.failures + 1 : bot.failures;
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
