import { sql } from 'kysely';
import { change } from '../change.ts';
import { databaseNow } from '../database-now.ts';
import type { ControlPlane, TargetRow } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import { LeaseLost, ours, type LeasedBot } from './lease-bots.ts';

/** A bot that starts for longer than this no longer holds up others. */
const startMinutesMax = 5;

/**
 * Takes one of the target's places for starting bots, if one is free, by becoming `starting` itself.
 * The target's row is locked meanwhile, so that two workers cannot take the same place.
 */
export async function takeStartSlot(plane: ControlPlane, bot: LeasedBot, target: TargetRow): Promise<boolean> {
  if (bot.phase === 'starting') return true;
  return change(plane, { workspaceId: bot.workspaceId, job: 'reconcile-bots' }, async ({ tx, record }) => {
    // Not `for update`: a command that holds a bot and refers to the target would wait for us, and we for its bot.
    await tx.selectFrom('target').select('id').where('id', '=', target.id).forNoKeyUpdate().execute();
    const { starting } = await tx
      .selectFrom('bot')
      .select(sql<number>`count(*)`.as('starting'))
      .where('targetId', '=', target.id)
      .where('id', '<>', bot.id)
      .where('phase', '=', 'starting')
      .where('removedAt', 'is', null)
      .where('phaseSince', '>', sql<Date>`now() - make_interval(mins => ${startMinutesMax})`)
      .executeTakeFirstOrThrow();
    if (starting >= plane.startsAtOnceMax(target)) throw new NoSlot();
    const reason = 'Starting the supervisor';
    const now = await databaseNow(tx);
    const since = now.toISOString();
    const written = await ours(tx, bot)
      .set({
        phase: 'starting',
        phaseSince: now,
        status: sql<Record<string, unknown>>`status || ${JSON.stringify({ phase: 'starting', reason, since })}::jsonb`,
      })
      .returning('id')
      .executeTakeFirst();
    if (!written) throw new LeaseLost(bot.name);
    await record({
      type: 'bot-phase-changed',
      subjectId: bot.id,
      subjectName: bot.name,
      detail: { from: bot.phase, to: 'starting', reason },
    });
    bot.phase = 'starting';
    bot.status = { ...bot.status, phase: 'starting', reason, since };
    return true;
  }).catch((error: unknown) => {
    if (error instanceof NoSlot) return false;
    throw error;
  });
}

/** Has the next bot that waits for a place on this target looked at. */
export async function callNext(tx: Tx, { targetId }: Pick<LeasedBot, 'targetId'>): Promise<void> {
  const waits = tx
    .selectFrom('bot')
    .select('id')
    .where('targetId', '=', targetId)
    .where('phase', '=', 'pending')
    .where('removedAt', 'is', null)
    .where('reconcileAt', '>', sql<Date>`now()`)
    .where('leasedUntil', 'is', null)
    .limit(1)
    .forUpdate()
    .skipLocked();
  await tx
    .with('next', () => waits)
    .updateTable('bot')
    .set({ reconcileAt: sql<Date>`now()` })
    .where('id', 'in', (query) => query.selectFrom('next').select('id'))
    .execute();
}

/** Rolls the transaction back: a change that records nothing is a bug, and here nothing happened. */
class NoSlot extends Error {}
