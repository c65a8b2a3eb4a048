import type { Told } from '@clawster/domain/bot/phase';
import { withTimes } from '@clawster/domain/bot/step-times';
import { sql } from 'kysely';
import { change, keep } from '../change.ts';
import type { NewEvent } from '../event/recorder.ts';
import { free } from '../loops/lease.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import { driftEvent, driftLeft, newDrift } from './drift.ts';
import { type DueBot, LeaseLost, ours, type LeasedBot, type StoredStatus } from './lease-bots.ts';
import { inMs } from './next-look.ts';
import type { Observed } from './observe.ts';
import { callNext } from './start-slot.ts';
import { judgeRevision, newVerdict, revisionToJudge, type Verdict } from './verdict.ts';

/** When a step is tried again, and what went wrong with it. */
export type Retry = NonNullable<StoredStatus['retry']>;
export type Outcome = {
  told: Told;
  observed: Observed;
  retry: Retry | undefined;
  addressToldAt: string | undefined;
  failures: number;
  lookAgainInMs: number;
  now: Date;
};

/**
 * Writes how the bot is, with what was seen to become of its last revision, and gives the lease back; refused when the
 * lease has passed on. Told when the phase changed, a revision was found bad or somebody else changed the bot on its host.
 */
export async function writeStatus(plane: ControlPlane, bot: LeasedBot, outcome: Outcome): Promise<void> {
  const verdict = newVerdict(bot, outcome.observed.report);
  const news = await newsOf(plane, bot, { outcome, verdict });
  const writeAll = async (tx: Tx) => {
    await write(tx, bot, outcome);
    if (verdict) await judgeRevision(tx, bot, verdict);
  };
  if (news.length === 0) return keep(plane, writeAll);
  await change(plane, { workspaceId: bot.workspaceId, job: 'reconcile-bots' }, async ({ tx, recordAll }) => {
    await writeAll(tx);
    if (bot.phase === 'starting' && outcome.told.phase !== 'starting') await callNext(tx, bot);
    await recordAll(news);
  });
}

async function newsOf(
  plane: ControlPlane,
  bot: LeasedBot,
  { outcome, verdict }: { outcome: Outcome; verdict: Verdict | undefined },
): Promise<NewEvent[]> {
  const { phase, reason } = outcome.told;
  const about = { subjectId: bot.id, subjectName: bot.name };
  const revision = verdict?.verdict === 'bad' ? await revisionToJudge(plane, bot, verdict) : undefined;
  const drift = newDrift(bot, outcome.observed.report);
  const moved = { ...about, type: 'bot-phase-changed' as const, detail: { from: bot.phase, to: phase, reason } };
  return [
    ...(drift ? [driftEvent(bot, drift)] : []),
    ...(revision === undefined
      ? []
      : [{ ...about, type: 'revision-judged' as const, detail: { revision, ...verdict } }]),
    ...(phase === bot.phase ? [] : [moved]),
  ];
}

function measured(report: Observed['report']): Pick<StoredStatus, 'memoryBytes' | 'diskBytes' | 'container'> {
  return {
    ...(report?.memoryBytes === undefined ? {} : { memoryBytes: report.memoryBytes }),
    ...(report?.diskBytes === undefined ? {} : { diskBytes: report.diskBytes }),
    ...(report?.container === undefined ? {} : { container: report.container }),
  };
}

/** The status of a bot as the loop keeps it. */
export function statusAfter(bot: DueBot, { told, observed, retry, addressToldAt, now }: Outcome): StoredStatus {
  return {
    ...told,
    steps: withTimes(bot.status.steps, told.steps, now),
    since: told.phase === bot.phase ? bot.status.since : now.toISOString(),
    observedGeneration: generationOf(observed.report),
    restartCount: observed.report?.restartCount ?? 0,
    ...measured(observed.report),
    ...(retry ? { retry } : {}),
    ...(addressToldAt ? { addressToldAt } : {}),
    ...judgedAfter(bot, observed.report),
    ...driftAfter(bot, observed),
  };
}

/** Of what is told: a gateway that is well while it takes a change over still works by the generation before. */
function generationOf(report: Observed['report']): number {
  const { generation = 0, state, applied } = report ?? {};
  return state === 'ready' && applied ? Math.min(applied.generation, generation) : generation;
}

function judgedAfter(bot: DueBot, report: Observed['report']): Pick<StoredStatus, 'judged'> {
  const verdict = newVerdict(bot, report);
  const judged = verdict ? { generation: verdict.generation, verdict: verdict.verdict } : bot.status.judged;
  return judged ? { judged } : {};
}

function driftAfter(bot: DueBot, observed: Observed): Pick<StoredStatus, 'drift' | 'driftToldAt'> {
  const drift = driftLeft(observed);
  const driftToldAt = observed.report?.drift?.at ?? bot.status.driftToldAt;
  return { ...(drift ? { drift } : {}), ...(driftToldAt ? { driftToldAt } : {}) };
}

async function write(tx: Tx, bot: LeasedBot, outcome: Outcome): Promise<void> {
  const { told, observed, failures, lookAgainInMs, now } = outcome;
  const written = await ours(tx, bot)
    .set({
      status: statusAfter(bot, outcome),
      phase: told.phase,
      ...(told.phase === bot.phase ? {} : { phaseSince: now }),
      ...found(bot, observed),
      failures,
      ...free,
      // An earlier time was written by a command meanwhile, and stands.
      reconcileAt: sql<Date>`case when reconcile_at <= now() then now() else ${inMs(lookAgainInMs)} end`,
    })
    .returning('id')
    .executeTakeFirst();
  if (!written) throw new LeaseLost(bot.name);
}

/** A bot that is found after a restore is one like any other, and may have been made anew since the backup. */
export function found(bot: DueBot, { facts: { seen } }: Observed) {
  if (seen.state === 'absent' || seen.state === 'unreachable') return {};
  return {
    ...(bot.restoredAt === null ? {} : { restoredAt: null }),
    ...(seen.generation > bot.workloadGeneration ? { workloadGeneration: seen.generation } : {}),
  };
}
