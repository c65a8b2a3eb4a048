import type { Egress, RefusedEgress } from '@clawster/target/egress';
import type { ConnectedTarget } from '@clawster/target/target';
import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane, TargetRow } from '../plane.ts';
import { readAs, systemQuery } from '../query.ts';
import { withDeadline } from '../reconcile/observe.ts';
import { egressOfBots } from './egress-of-bots.ts';
import { noteRefused } from './note-refused.ts';

const targetMs = 15_000;
const daysKept = 7;

/** Tells every target that confines its bots where each may connect to as of now, and notes what it refused. */
export async function keepEgress(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  const targets = await systemQuery(plane, (tx) =>
    tx.selectFrom('target').select(['id', 'kind', 'settings', 'workspaceId']).execute(),
  );
  for (const target of targets) {
    if (signal.aborted) return;
    await keepOn(plane, target).catch((error: unknown) => {
      // Its bots go on by the lists before; it is asked again in the next pass.
      plane.log('warn', 'a target could not be told where its bots may connect to', { targetId: target.id, error });
    });
  }
  await keep(plane, (tx) =>
    sql`delete from egress_refusal where hour < now() - make_interval(days => ${daysKept})`.execute(tx),
  );
}

type Placed = TargetRow & { id: string; workspaceId: string };

async function keepOn(plane: ControlPlane, target: Placed): Promise<void> {
  const connected = await withDeadline(plane.connectTarget(target), targetMs);
  if (!connected.confine) return;
  const lists = await listsOn(plane, target);
  const refused = await confine(connected, lists);
  await keep(plane, (tx) =>
    tx
      .updateTable('target')
      .set({ egressKeptAt: sql<Date>`now()` })
      .where('id', '=', target.id)
      .execute(),
  );
  // A target speaks of its own bots alone.
  const own = refused.filter(({ botId }) => lists.has(botId));
  await noteRefused(plane, target.workspaceId, own);
}

function confine(connected: ConnectedTarget, lists: ReadonlyMap<string, Egress>): Promise<RefusedEgress[]> {
  const told = [...lists].map(([botId, list]) => ({ botId, ...list }));
  return withDeadline(connected.confine?.(told) ?? Promise.resolve([]), targetMs);
}

function listsOn(plane: ControlPlane, { id, workspaceId }: Placed): Promise<Map<string, Egress>> {
  return readAs(plane, { workspaceId }, async (tx) => {
    const bots = await tx
      .selectFrom('bot')
      .select('id')
      .where('targetId', '=', id)
      .where('removedAt', 'is', null)
      .execute();
    return egressOfBots(tx, plane.settings, { workspaceId, ids: bots.map((bot) => bot.id) });
  });
}
