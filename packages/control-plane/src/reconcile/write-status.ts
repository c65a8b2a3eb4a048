import type { Told } from '@clawster/domain/bot/phase';
import { withTimes } from '@clawster/domain/bot/step-times';
import { sql } from 'kysely';
import { change, keep } from '../change.ts';
import { free } from '../loops/lease.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import { type DueBot, LeaseLost, ours, type LeasedBot, type StoredStatus } from './lease-bots.ts';
import { inMs } from './next-look.ts';
import type { Observed } from './observe.ts';
import { callNext } from './start-slot.ts';
import { isNewsToRevision, judgeRevision, newVerdict } from './verdict.ts';

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
 * lease has passed on. An event only when the phase changed, or a revision was found bad.
 */
export async function writeStatus(plane: ControlPlane, bot: LeasedBot, outcome: Outcome): Promise<void> {
  const { phase, reason } = outcome.told;
  const isNewPhase = phase !== bot.phase;
  const verdict = newVerdict(bot, outcome.observed.report);
  const isFoundBad = verdict?.verdict === 'bad' && (await isNewsToRevision(plane, bot, verdict));
  const judge = async (tx: Tx) => verdict && (await judgeRevision(tx, bot, verdict));
  if (!isNewPhase && !isFoundBad) {
    await keep(plane, async (tx) => [await write(tx, bot, outcome), await judge(tx)]);
    return;
  }
  await change(plane, { workspaceId: bot.workspaceId, job: 'reconcile-bots' }, async ({ tx, recordAll }) => {
    await write(tx, bot, outcome);
    const revision = await judge(tx);
    if (isNewPhase && bot.phase === 'starting') await callNext(tx, bot);
    const about = { subjectId: bot.id, subjectName: bot.name };
    const told = { ...about, type: 'revision-judged' as const, detail: { revision, ...verdict } };
    const moved = { ...about, type: 'bot-phase-changed' as const, detail: { from: bot.phase, to: phase, reason } };
    await recordAll([...(isFoundBad ? [told] : []), ...(isNewPhase ? [moved] : [])]);
  });
}

function measured(report: Observed['report']): Pick<StoredStatus, 'memoryBytes' | 'diskBytes'> {
  return {
    ...(report?.memoryBytes === undefined ? {} : { memoryBytes: report.memoryBytes }),
    ...(report?.diskBytes === undefined ? {} : { diskBytes: report.diskBytes }),
  };
}

/** The status of a bot as the loop keeps it. */
export function statusAfter(bot: DueBot, { told, observed, retry, addressToldAt, now }: Outcome): StoredStatus {
  return {
    ...told,
    steps: withTimes(bot.status.steps, told.steps, now),
    since: told.phase === bot.phase ? bot.status.since : now.toISOString(),
    observedGeneration: observed.report?.generation ?? 0,
    restartCount: observed.report?.restartCount ?? 0,
    ...measured(observed.report),
    ...(retry ? { retry } : {}),
    ...(addressToldAt ? { addressToldAt } : {}),
    ...judgedAfter(bot, observed.report),
  };
}

function judgedAfter(bot: DueBot, report: Observed['report']): Pick<StoredStatus, 'judged'> {
  const verdict = newVerdict(bot, report);
  const judged = verdict ? { generation: verdict.generation, verdict: verdict.verdict } : bot.status.judged;
  return judged ? { judged } : {};
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
