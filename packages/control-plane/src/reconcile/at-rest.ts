import { isDeepStrictEqual } from 'node:util';
import type { BotPhase } from '@clawster/contract/bot';
import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { isFree } from '../loops/lease.ts';
import { newDrift } from './drift.ts';
import type { DueBot, Looked, StoredStatus } from './lease-bots.ts';
import { observe } from './observe.ts';
import { outcomeOf, stepFor } from './outcome.ts';
import { newVerdict } from './verdict.ts';
import { found, statusAfter } from './write-status.ts';

/** A bot that needs no step, what is to be told of it, and when to look again. */
export type Resting = { bot: DueBot; status: StoredStatus; lookAgainInMs: number };

/** Where a bot may stay for long. */
const restingPhases = new Set<BotPhase>(['ready', 'degraded', 'failed', 'stopped', 'paused', 'destroyed']);

/**
 * Looks at a bot without leasing it. True when it needs no step and is in its phase already: then nothing is written but
 * what `tell` is given, which may write it for many at once.
 */
export async function isAtRest(
  plane: ControlPlane,
  looked: Looked,
  tell: (resting: Resting) => Promise<void>,
): Promise<boolean> {
  const { bot, isResting } = looked;
  if (!mayRest(bot)) return false;
  const observed = await observe(plane, looked);
  const step = stepFor(bot, observed);
  if (step.do !== 'rest') return false;
  const now = observed.at;
  const outcome = outcomeOf(bot, observed, { step, now });
  if (outcome.told.phase !== bot.phase || Object.keys(found(bot, observed)).length > 0) return false;
  if (newVerdict(bot, observed.report) || newDrift(bot, observed.report)) return false;
  const status = statusAfter(bot, outcome);
  const { lookAgainInMs } = outcome;
  const staysAtRest = isResting && lookAgainInMs === Infinity;
  if (!staysAtRest || !says(bot.status, status, now)) await tell({ bot, status, lookAgainInMs });
  return true;
}

/** Not one that has a change to take over or is held, whose operation counts its leases, or whose failures are to be forgotten. */
function mayRest({ phase, spec, generation, operationId, failures, status }: DueBot): boolean {
  const isBehind = spec.desired === 'running' && status.observedGeneration !== generation;
  return restingPhases.has(phase) && !isBehind && operationId === null && failures === 0 && !status.retry;
}

/** That the target still says the same is worth a write no more often than this. */
const sayAgainMs = 60_000;

/** Whether what is stored says the same as a new status. */
function says(stored: StoredStatus, status: StoredStatus, now: Date): boolean {
  const [before] = stored.evidence;
  const [target, ...others] = status.evidence;
  if (!before || !target || now.getTime() - new Date(before.at).getTime() > sayAgainMs) return false;
  return isDeepStrictEqual({ ...status, evidence: [{ ...target, at: before.at }, ...others] }, stored);
}

/** Writes what is new of many bots at rest in one statement; of one that another worker or a command has changed, nothing. */
export async function tellResting(plane: ControlPlane, resting: Resting[]): Promise<void> {
  const of = <T>(value: (one: Resting) => T) => resting.map(value);
  await keep(plane, (tx) =>
    sql`
      with told as (
        select * from unnest(${of(({ bot }) => bot.id)}::uuid[], ${of(({ bot }) => bot.epoch)}::bigint[],
          ${of(({ bot }) => bot.generation)}::bigint[], ${of(({ status }) => JSON.stringify(status))}::jsonb[],
          ${of(({ lookAgainInMs }) => (lookAgainInMs === Infinity ? null : lookAgainInMs / 1000))}::float8[]) as told (id, epoch, generation, status, seconds)),
      same as (
        select bot.id from bot join told on told.id = bot.id and told.epoch = bot.epoch and told.generation = bot.generation
        where ${isFree} order by bot.id for no key update of bot skip locked)
      update bot set status = told.status,
        reconcile_at = case when reconcile_at <= now() then reconcile_at else coalesce(now() + make_interval(secs => told.seconds), 'infinity') end
      from told where bot.id = told.id and bot.id in (select id from same)`.execute(tx),
  );
}
