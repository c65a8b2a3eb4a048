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

/** Writes how the bot is and gives the lease back; refused when the lease has passed on. An event only when the phase changed. */
export async function writeStatus(plane: ControlPlane, bot: LeasedBot, outcome: Outcome): Promise<void> {
  const { phase, reason } = outcome.told;
  if (phase === bot.phase) return keep(plane, (tx) => write(tx, bot, outcome));
  await change(plane, { workspaceId: bot.workspaceId, job: 'reconcile-bots' }, async ({ tx, record }) => {
    await write(tx, bot, outcome);
    if (bot.phase === 'starting') await callNext(tx, bot);
    await record({
      type: 'bot-phase-changed',
      subjectId: bot.id,
      subjectName: bot.name,
      detail: { from: bot.phase, to: phase, reason },
    });
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
  };
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
