import { keep } from '../change.ts';
import type { ControlPlane, TargetRow } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { withDeadline } from '../reconcile/observe.ts';

const probeMs = 15_000;

/** Asks every target whether a bot could be put there now, and keeps the answer. */
export async function probeTargets(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  const targets = await systemQuery(plane, (tx) =>
    tx.selectFrom('target').select(['id', 'kind', 'settings']).execute(),
  );
  for (const target of targets) {
    if (signal.aborted) return;
    const health = { ...(await probe(plane, target)), checkedAt: new Date().toISOString() };
    await keep(plane, (tx) => tx.updateTable('target').set({ health }).where('id', '=', target.id).execute());
  }
}

async function probe(plane: ControlPlane, target: TargetRow): Promise<{ ok: boolean; message: string }> {
  try {
    const connected = await withDeadline(plane.connectTarget(target), probeMs);
    return await withDeadline(connected.probe(), probeMs);
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
