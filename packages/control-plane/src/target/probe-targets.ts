import { keep } from '../change.ts';
import { noteOrphans } from '../orphan/note-orphans.ts';
import type { ControlPlane, TargetRow } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { withDeadline } from '../reconcile/observe.ts';

const probeMs = 15_000;

/** Asks every target whether a bot could be put there now, and what lies there that nobody knows; keeps the answers. */
export async function probeTargets(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  const targets = await systemQuery(plane, (tx) =>
    tx.selectFrom('target').select(['id', 'kind', 'settings', 'workspaceId', 'name']).execute(),
  );
  for (const target of targets) {
    if (signal.aborted) return;
    const { lying, ...answer } = await probe(plane, target);
    const health = { ...answer, checkedAt: new Date().toISOString() };
    await keep(plane, (tx) => tx.updateTable('target').set({ health }).where('id', '=', target.id).execute());
    // What could not be asked says nothing: what was found before lies there still, for all that is known.
    if (lying) await noteOrphans(plane, target, lying);
  }
}

async function probe(plane: ControlPlane, target: TargetRow) {
  try {
    const connected = await withDeadline(plane.connectTarget(target), probeMs);
    const answer = await withDeadline(connected.probe(), probeMs);
    const lying = await (connected.bots && withDeadline(connected.bots(), probeMs));
    return { ...answer, lying };
  } catch (error) {
    return { lying: undefined, ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
