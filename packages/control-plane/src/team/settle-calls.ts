import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import type { Awaited } from './awaited.ts';

/** Beyond this a host that waits has asked itself by then. */
const settleMs = 10_000;

type Waiting = { botId: string; callId: string };

/** The calls whose answer this is to be, of hosts that still wait for it. */
export function callsWaiting(tx: Pick<Tx, 'selectFrom'>, waitsFor: string): Promise<Waiting[]> {
  return tx
    .selectFrom('teamCall')
    .select(['botId', 'callId'])
    .where('waitsFor', '=', waitsFor)
    .where('until', '>', sql<Date>`now()`)
    .execute();
}

/** Answers the calls that wait; for each host that takes it `taken` is done. Who is not reached asks by itself, or is told by a turn. */
export async function settleCalls(
  plane: ControlPlane,
  calls: readonly Waiting[],
  { taken, ...answer }: Awaited & { taken: (tx: Tx) => Promise<unknown> },
): Promise<void> {
  for (const { botId, callId } of calls) {
    const params = { callId, ...answer };
    const isTaken = await plane.links.request(botId, { method: 'team.settle', params }, { timeoutMs: settleMs }).then(
      () => true,
      () => false,
    );
    if (isTaken) await keep(plane, taken);
  }
}
