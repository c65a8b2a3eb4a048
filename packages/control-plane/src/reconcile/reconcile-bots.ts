import { setTimeout as sleep } from 'node:timers/promises';
import { backOffMs } from '@clawster/domain/bot/back-off';
import { phaseOf } from '@clawster/domain/bot/phase';
import { plan, type Step } from '@clawster/domain/bot/plan';
import { closeCode } from '@clawster/link/handshake';
import type { Copy } from '@clawster/target/target';
import { noteOvertaken } from '../installation/overtaken.ts';
import type { ControlPlane } from '../plane.ts';
import { carryOut, type Decided } from './carry-out.ts';
import { leaseDueBots, LeaseLost, whileLeased, type LeasedBot } from './lease-bots.ts';
import { observe, type Observed } from './observe.ts';
import { nextLook } from './next-look.ts';
import { type Retry, writeStatus } from './write-status.ts';

/** Most of a bot's step is its target's time, so more than the database's connections may be under way. */
const atOnceMax = 32;
/** While a slow one is under way, others become due. */
const lookAgainMs = 200;
/** Those that end together make room together. */
const gatherMs = 5;
/** A pass ends even when there is always more: it is the next that goes on. */
const passMs = 60_000;

/** Takes each due bot one step towards what it should be, and tells how it is; a slow one holds up no other. */
export async function reconcileBots(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const until = performance.now() + passMs;
  const isOver = () => signal.aborted || performance.now() > until;
  for (;;) {
    const room = isOver() ? 0 : atOnceMax - underWay.size;
    const bots = room > 0 ? await leaseDueBots(plane, room) : [];
    for (const bot of bots) {
      const work: Promise<void> = reconcile(plane, bot).finally(() => underWay.delete(work));
      underWay.add(work);
    }
    if (underWay.size === 0) return;
    await Promise.race([...underWay, sleep(lookAgainMs, undefined, { ref: false })]);
    await sleep(gatherMs);
  }
}

/** One bot's trouble is its own: it is counted and told, and the others go on. */
async function reconcile(plane: ControlPlane, bot: LeasedBot): Promise<void> {
  try {
    await whileLeased(plane, bot, (lost) => reconcileBot(plane, bot, lost));
  } catch (error) {
    const level = error instanceof LeaseLost ? 'info' : 'error';
    plane.log(level, 'A bot could not be reconciled', { botId: bot.id, error: sentenceOf(error) });
  }
}

/** Observes, plans, carries out, tells: the one path for creation, change, crash and drift alike. */
export async function reconcileBot(
  plane: ControlPlane,
  bot: LeasedBot,
  lost: AbortSignal = new AbortController().signal,
): Promise<void> {
  const observed = await observe(plane, bot);
  const since = performance.now();
  if (observed.newer) await giveWay(plane, bot, observed.newer);
  const planned = plan(
    {
      desired: bot.spec.desired,
      generation: bot.generation,
      workloadGeneration: bot.workloadGeneration,
      held: bot.operationId !== null,
    },
    observed.facts,
  );
  const { step, error } = await attempt(plane, bot, { step: planned, observed });
  lost.throwIfAborted();
  const now = new Date(observed.at.getTime() + performance.now() - since);
  const retry = retryAfter(bot, observed, { step, error, now });
  const trouble = retry?.message ? { message: retry.message, nextTryAt: new Date(retry.at) } : undefined;
  const { spec } = bot;
  const told = phaseOf({
    desired: spec.desired,
    heldBy: observed.heldBy,
    generation: bot.generation,
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
  await writeStatus(plane, bot, {
    told,
    observed,
    retry,
    addressToldAt: step.do === 'tell-address' ? now.toISOString() : bot.status.addressToldAt,
    failures: failuresAfter(bot, { step, retry }),
    lookAgainInMs: nextLook(step, told.phase, { observed, retry, now }),
    now,
  });
}

/** A newer copy has this bot: its link is let go, so that it dials in there, and this copy acts no more. */
async function giveWay(plane: ControlPlane, bot: LeasedBot, newer: Copy): Promise<void> {
  await noteOvertaken(plane, newer);
  await plane.links.close(bot.id, closeCode.declined, 'A newer copy of this Clawster has this bot');
}

async function attempt(
  plane: ControlPlane,
  bot: LeasedBot,
  decided: Decided,
): Promise<{ step: Step; error?: unknown }> {
  try {
    return { step: await carryOut(plane, bot, decided) };
  } catch (error) {
    if (error instanceof LeaseLost) throw error;
    plane.log('warn', `A step of ${bot.name} failed`, {
      botId: bot.id,
      step: decided.step.do,
      error: sentenceOf(error),
    });
    return { step: decided.step, error };
  }
}

/** A step that failed, and a process that ended by itself, are tried again later and later. */
function retryAfter(
  bot: LeasedBot,
  { facts }: Observed,
  { step, error, now }: { step: Step; error?: unknown; now: Date },
): Retry | undefined {
  const at = () => new Date(now.getTime() + backOffMs(bot.failures + 1, Math.random())).toISOString();
  if (error !== undefined) return { at: at(), message: sentenceOf(error) };
  if (step.do === 'apply' && facts.seen.state === 'exited') return { at: at() };
  if (step.do === 'rest' || (step.do === 'configure' && bot.status.retry?.message)) return undefined;
  return bot.status.retry;
}

function failuresAfter(bot: LeasedBot, { step, retry }: { step: Step; retry: Retry | undefined }): number {
  if (step.do === 'rest') return 0;
  return retry !== undefined && retry !== bot.status.retry ? bot.failures + 1 : bot.failures;
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
