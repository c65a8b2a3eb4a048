import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { change, keep } from '../change.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { proposeLayer } from '../configuration/propose.ts';
import { settleChange } from '../configuration/settle.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import { getOverlay } from './overlay.queries.ts';

const job = 'expire-overlays';

/** Takes away the overlays whose time has come, and tells its bots. */
export async function expireOverlays(plane: ControlPlane): Promise<void> {
  const due = await keep(plane, (tx) => readDue(tx));
  for (const { id, workspaceId } of due) await expire(plane, workspaceId, id);
}

function readDue(tx: Tx) {
  return tx
    .selectFrom('overlay')
    .select(['id', 'workspaceId'])
    .where('expiresAt', '<=', sql<Date>`now()`)
    .orderBy('expiresAt')
    .limit(50)
    .execute();
}

/** A bot that is worse off without it is no reason to keep it: it says so itself. */
async function expire(plane: ControlPlane, workspaceId: string, id: string): Promise<void> {
  try {
    await takeAway(plane, workspaceId, id);
  } catch (error) {
    // Another replica, or someone, was there first.
    if (!(error instanceof Refusal && error.code === 'not-found')) throw error;
  }
}

function takeAway(plane: ControlPlane, workspaceId: string, id: string): Promise<void> {
  return change(plane, { workspaceId, job }, async ({ tx, record, recordAll }) => {
    await lockLayers(tx, workspaceId, 'change');
    const { name, reason } = await getOverlay(tx, id);
    const changed = await proposeLayer(tx, workspaceId, { overlay: { id, after: undefined } });
    await tx.deleteFrom('overlay').where('workspaceId', '=', workspaceId).where('id', '=', id).execute();
    const by = { tx, recordAll, workspaceId, author: { kind: 'system' as const, job } };
    const bots = await settleChange(by, changed, { cause: { kind: 'overlay', id, name }, reason: 'It expired' });
    await record({
      type: 'overlay-expired',
      subjectId: id,
      subjectName: name,
      detail: { bots, ...(reason ? { reason } : {}) },
    });
  });
}
