import type { OperationKind } from '@clawster/contract/operation';
import type { RuntimePhase } from '@clawster/contract/runtime';
import type { Facts } from '@clawster/domain/bot/plan';
import { Report } from '@clawster/link/report';
import { silenceMsMax } from '@clawster/domain/bot/phase';
import type { ConnectedTarget, Copy } from '@clawster/target/target';
import { obeysNewer } from '../installation/overtaken.ts';
import type { ControlPlane, TargetRow } from '../plane.ts';
import type { DueBot, Looked } from './lease-bots.ts';
import type { StoredFacts } from './read-facts.ts';

const inspectMs = 15_000;

export type Observed = {
  /** When, by the database's clock: all that is compared with it was written by that. */
  at: Date;
  target: TargetRow;
  /** The epoch of the newest copy that had been seen at work before, if any had. */
  overtakenBy: number | null;
  connected?: ConnectedTarget;
  facts: Facts;
  runtime: { phase: RuntimePhase; message: string; progress?: number; nextTryAt: Date };
  link: { connected: boolean; epoch: number; silentSince: Date };
  /** Why its host obeys someone else, in a sentence. */
  declined?: string | undefined;
  /** The newer copy of this installation that the bot's host was seen to obey. */
  newer?: Copy | undefined;
  report?: Report;
  /** The operation for which the bot stands still. */
  heldBy?: OperationKind | undefined;
};

/** Looks at a bot from all sides: what the database knows of it, and what its target says, which is asked. Changes nothing. */
export async function observe(plane: ControlPlane, { bot, stored }: Omit<Looked, 'isResting'>): Promise<Observed> {
  const { now, target, link, overtakenBy } = stored;
  const { seen, connected } = await inspect(plane, target, bot.id);
  const report = Report.safeParse(link.report).data;
  const runtime = runtimeOf(stored, connected, now);
  const newer = newerCopy(seen, stored.copy);
  const overtaken = newer !== undefined || overtakenBy !== null;
  const silentSince = link.heardAt ?? bot.updatedAt;
  return {
    at: now,
    target,
    overtakenBy,
    ...(connected ? { connected } : {}),
    ...(report ? { report } : {}),
    heldBy: stored.heldBy,
    runtime,
    link: { connected: link.connected, epoch: link.epoch, silentSince },
    declined: overtaken ? obeysNewer : (link.declined ?? undefined),
    newer,
    facts: {
      seen,
      runtime: runtime.phase,
      enrolment: enrolmentOf(stored, bot),
      link: {
        connected: link.connected,
        configuredGeneration: link.configuredGeneration,
        lost: isLost(silentSince, bot, now),
      },
      report: report && {
        generation: report.generation,
        settled: ['ready', 'degraded', 'failed'].includes(report.state),
      },
      formerRuntime: formerRuntimeOf(stored, bot, report),
      slotFree: true,
      mayRetry: mayRetry(bot.status, seen, now),
      overtaken,
      restored: bot.restoredAt !== null,
    },
  };
}

/** After a step that failed, all waits; after a process that ended, only its next start: what runs by now waits for nothing. */
function mayRetry({ retry }: DueBot['status'], seen: Observed['facts']['seen'], now: Date): boolean {
  if (!retry || new Date(retry.at) <= now) return true;
  return retry.message === undefined && seen.state === 'running';
}

function runtimeOf({ runtime }: StoredFacts, target: ConnectedTarget | undefined, now: Date): Observed['runtime'] {
  if (target?.bringsRuntime) return { phase: 'installed', message: 'Comes with its target', nextTryAt: now };
  const { phase, message, progress, triedAt } = runtime;
  const isUnderWay = progress !== null && phase === 'installing';
  return { phase, message, nextTryAt: triedAt ?? now, ...(isUnderWay ? { progress } : {}) };
}

function enrolmentOf({ tokenIsGood }: StoredFacts, bot: DueBot): Facts['enrolment'] {
  if (bot.publicKey) return 'done';
  return tokenIsGood ? 'pending' : 'expired';
}

/** Once what was wanted last was judged to be bad for the OpenClaw in it: that judgement is written first. */
function formerRuntimeOf({ formerRuntime }: StoredFacts, bot: DueBot, report: Report | undefined): string | undefined {
  const { judged } = bot.status;
  const isJudged = judged?.generation === bot.generation && judged.verdict === 'bad';
  if (!isJudged || report?.refused?.generation !== bot.generation) return undefined;
  return formerRuntime === bot.spec.runtimeVersion ? undefined : formerRuntime;
}

const toldAgainMs = 60_000;

/** Silent for so long that it may look for us where we were before, and not told for a while where we are. */
function isLost(silentSince: Date, bot: DueBot, now: Date): boolean {
  const toldAt = bot.status.addressToldAt ? new Date(bot.status.addressToldAt).getTime() : 0;
  return now.getTime() - silentSince.getTime() > silenceMsMax && now.getTime() - toldAt > toldAgainMs;
}

function newerCopy(seen: Facts['seen'], own: Copy): Copy | undefined {
  const copy = 'copy' in seen ? seen.copy : undefined;
  return copy?.id === own.id && copy.epoch > own.epoch ? copy : undefined;
}

/** A target that cannot be asked is something seen, not a failure of the pass. */
async function inspect(
  plane: ControlPlane,
  target: TargetRow,
  botId: string,
): Promise<{ seen: Facts['seen']; connected?: ConnectedTarget }> {
  const ask = async () => {
    const connected = await plane.connectTarget(target);
    return { seen: await connected.inspect(botId), connected };
  };
  try {
    return await withDeadline(ask(), inspectMs);
  } catch (error) {
    return { seen: { state: 'unreachable', reason: error instanceof Error ? error.message : String(error) } };
  }
}

/** Rejects when a target takes longer than it may: one that hangs must not hold up its bots for ever. */
export function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The target did not answer within ${Math.round(ms / 1000)} s`)), ms);
  });
  return Promise.race([work, deadline]).finally(() => clearTimeout(timer));
}
