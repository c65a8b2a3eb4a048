import { sql } from 'kysely';
import { change, keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { withDeadline } from '../reconcile/observe.ts';
import type { Tx } from '../transaction.ts';

const atOnceMax = 20;
const removeMs = 60_000;

/** Ends the orphans that were told to go and deletes their state; what fails is told, and tried again in the next pass. */
export async function removeOrphans(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  for (const orphan of await systemQuery(plane, doomed)) {
    if (signal.aborted) return;
    await remove(plane, orphan).catch((error: unknown) => tell(plane, orphan, error));
  }
}

/** A bot that somebody knows by now is none: a backup may have been restored meanwhile. */
function doomed(tx: Tx) {
  return tx
    .selectFrom('orphan')
    .innerJoin('target', 'target.id', 'orphan.targetId')
    .select(['orphan.id', 'orphan.botId', 'orphan.name', 'orphan.installation', 'orphan.workspaceId'])
    .select(['target.id as targetId', 'target.kind', 'target.settings'])
    .where('doomedAt', 'is not', null)
    .where(
      sql<boolean>`(installation <> '' or not exists (
        select from bot where bot.id::text = orphan.bot_id and bot.removed_at is null))`,
    )
    .orderBy('doomedAt')
    .limit(atOnceMax)
    .execute();
}

type Doomed = Awaited<ReturnType<typeof doomed>>[number];

async function remove(plane: ControlPlane, orphan: Doomed): Promise<void> {
  const { id, botId, name, installation, workspaceId, targetId, kind, settings } = orphan;
  const target = await withDeadline(plane.connectTarget({ id: targetId, kind, settings }), removeMs);
  const whose = installation === '' ? target : target.of?.(installation);
  await withDeadline(whose?.remove(botId, { deleteState: true }) ?? Promise.resolve(), removeMs);
  await change(plane, { workspaceId, job: 'remove-orphans' }, async ({ tx, record }) => {
    await tx.deleteFrom('orphan').where('id', '=', id).execute();
    await record({
      type: 'target-orphan-removed',
      subjectId: targetId,
      subjectName: name,
      detail: { orphan: botId, ...(installation ? { installation } : {}) },
    });
  });
}

async function tell(plane: ControlPlane, { id }: Doomed, error: unknown): Promise<void> {
  const trouble = error instanceof Error ? error.message : String(error);
  await keep(plane, (tx) => tx.updateTable('orphan').set({ trouble }).where('id', '=', id).execute());
}
