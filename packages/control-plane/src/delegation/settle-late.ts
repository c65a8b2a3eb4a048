import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { callsWaiting } from '../team/settle-calls.ts';
import type { DelegationRow } from './delegation-row.ts';
import { inSeconds } from './in-seconds.ts';
import { queueTell, settle } from './settle-asker.ts';

/** So long a host is left to ask for itself before it is told by a turn. */
const askSeconds = 10;

/** Sees to what is over and nobody has taken: the calls that wait are answered; where there is none any more, it is told by a turn. */
export async function settleLate(plane: ControlPlane, row: DelegationRow): Promise<void> {
  const calls = isWanted(row) ? await keep(plane, (tx) => callsWaiting(tx, row.id)) : [];
  // One that cannot be reached is told once it has stopped to wait.
  if (calls.length > 0) await settle(plane, row, calls);
  await keep(plane, async (tx) => {
    const now = await tx.selectFrom('delegation').selectAll().where('id', '=', row.id).forUpdate().executeTakeFirst();
    if (!now) return;
    const { fromBotId, fromSession } = now;
    const waits = isWanted(now) && (await callsWaiting(tx, now.id)).length > 0;
    if (!waits && isWanted(now) && fromBotId && fromSession)
      await queueTell({ tx }, { ...now, fromBotId, fromSession });
    const dueAt = waits ? inSeconds(askSeconds) : null;
    await tx
      .updateTable('delegation')
      .set({ dueAt })
      .where('id', '=', now.id)
      .where('mustCancel', '=', false)
      .execute();
  });
}

function isWanted({ fromBotId, takenAt, state }: DelegationRow): boolean {
  return fromBotId !== null && takenAt === null && state !== 'refused';
}
