import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane, TargetRow } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { withDeadline } from '../reconcile/observe.ts';

const probeMs = 15_000;
/** Beyond this, names help nobody. */
const orphansMax = 1_000;

/** Asks every target whether a bot could be put there now, and what lies there that nobody knows; keeps the answers. */
export async function probeTargets(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  const targets = await systemQuery(plane, (tx) =>
    tx.selectFrom('target').select(['id', 'kind', 'settings']).execute(),
  );
  for (const target of targets) {
    if (signal.aborted) return;
    const { orphans, ...answer } = await probe(plane, target);
    const health = { ...answer, checkedAt: new Date().toISOString() };
    await keep(plane, (tx) =>
      tx
        .updateTable('target')
        .set({ health, orphans: sql`${JSON.stringify(orphans)}::jsonb` })
        .where('id', '=', target.id)
        .execute(),
    );
  }
}

type Probed = { ok: boolean; message: string; orphans: { botId: string; name: string }[] };

async function probe(plane: ControlPlane, target: TargetRow): Promise<Probed> {
  try {
    const connected = await withDeadline(plane.connectTarget(target), probeMs);
    const answer = await withDeadline(connected.probe(), probeMs);
    const there = (await (connected.bots && withDeadline(connected.bots(), probeMs))) ?? [];
    return { ...answer, orphans: await unknown(plane, there) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error), orphans: [] };
  }
}

/** Those of these bots that no workspace has, as after a restore from a backup that was made before them. */
async function unknown(plane: ControlPlane, there: Probed['orphans']): Promise<Probed['orphans']> {
  if (there.length === 0) return [];
  const { rows } = await systemQuery(plane, (tx) =>
    sql<{
      id: string;
    }>`select id::text as id from bot where id::text = any(${there.map(({ botId }) => botId)}::text[])`.execute(tx),
  );
  const known = new Set(rows.map(({ id }) => id));
  return there.filter(({ botId }) => !known.has(botId)).slice(0, orphansMax);
}
