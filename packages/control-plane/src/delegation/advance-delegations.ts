import { isOver } from '@clawster/domain/delegation/step';
import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { Calls } from '../loops/loops.ts';
import { sideBySide } from '../loops/side-by-side.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import { assignDelegation } from './assign-delegation.ts';
import { cancelAtBot } from './cancel-at-bot.ts';
import { changeDelegation, job } from './change-delegation.ts';
import type { DelegationRow } from './delegation-row.ts';
import { inSeconds } from './in-seconds.ts';
import { sendDelegation } from './send-delegation.ts';
import { settleLate } from './settle-late.ts';
import { stepDelegation } from './step-delegation.ts';
import { watchDelegation } from './watch-delegation.ts';

const atOnceMax = 16;
/** So long one is left to the worker that took it. */
const leaseSeconds = 20;
/** After trouble with one. */
const againSeconds = 3;

/** Does for each delegation what is due: gives it out, gives it up, ends it at its bot, tells whoever asked. Several workers take different ones, and each step is void where another took it. */
export async function advanceDelegations(plane: ControlPlane, signal: AbortSignal, calls?: Calls): Promise<void> {
  await sideBySide({
    atOnceMax,
    lookAgainMs: 250,
    calls,
    lease: (room) => keep(plane, (tx) => leaseDue(tx, room)),
    work: (row) => advance(plane, row).catch((error: unknown) => later(plane, row, error)),
    isOver: () => signal.aborted,
  });
}

/** Takes what is due and nobody else looks at. */
function leaseDue(tx: Tx, limit: number): Promise<DelegationRow[]> {
  return tx
    .with('due', (query) =>
      query
        .selectFrom('delegation')
        .select('id')
        .where('dueAt', '<=', sql<Date>`now()`)
        .orderBy('dueAt')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('delegation')
    .set({ dueAt: inSeconds(leaseSeconds) })
    .where('id', 'in', (query) => query.selectFrom('due').select('id'))
    .returningAll()
    .execute();
}

async function advance(plane: ControlPlane, row: DelegationRow): Promise<void> {
  if (isOver(row.state)) {
    if (row.mustCancel) await cancelAtBot(plane, row);
    return settleLate(plane, row);
  }
  if (row.state === 'held' || row.deadlineAt <= new Date()) return expire(plane, row);
  if (row.state !== 'approved') return watchDelegation(plane, row);
  const assigned = row.isAssigned ? row : await assignDelegation(plane, row);
  if (assigned) await sendDelegation(plane, assigned);
}

/** Held ones wait for the inbox, which expires them itself; this is for those it lost sight of. */
async function expire(plane: ControlPlane, row: DelegationRow): Promise<void> {
  const why = row.state === 'held' ? 'Nobody decided in time' : 'It was not done in time';
  await changeDelegation(plane, row, (context, now) =>
    stepDelegation(context, now, { happening: { kind: 'expire' }, why, by: job }),
  );
}

/** Trouble with one is the next look's, and holds up no other. */
async function later(plane: ControlPlane, { id }: DelegationRow, error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  plane.log('info', 'A delegation could not go on yet', { delegationId: id, error: message });
  await keep(plane, (tx) =>
    tx
      .updateTable('delegation')
      .set({ dueAt: inSeconds(againSeconds) })
      .where('id', '=', id)
      .where('dueAt', 'is not', null)
      .execute(),
  );
}
