import { api } from '@clawster/contract/api';
import type { ParsedInputOf } from '@clawster/contract/route';
import { changesOf } from '@clawster/domain/audit/changes';
import { sql } from 'kysely';
import { command, type CommandContext } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { byCaller, refuseUnfit, settleChange } from '../configuration/settle.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { getOverlay } from './overlay.queries.ts';
import { changedOverlay, overlayColumns, proposeOverlay, toldOfOverlay } from './save-overlay.ts';

/** Changes an overlay, and has its bots take it over; refused whole when one of them could not. */
export const updateOverlay = command(api.overlays.update, changeOverlay);

/** The same within a change of more than this. */
export async function changeOverlay(
  context: CommandContext,
  { overlayId, ...changes }: ParsedInputOf<typeof api.overlays.update>,
) {
  const { tx, caller, record } = context;
  await lockLayers(tx, caller.workspaceId, 'change');
  const before = await getOverlay(tx, overlayId);
  const overlay = changedOverlay(before, changes);
  const changed = await proposeOverlay(tx, caller.workspaceId, overlay);
  refuseUnfit(changed);
  await unlessNameTaken('overlay', overlay.name, () =>
    tx
      .updateTable('overlay')
      .set({ ...overlayColumns(overlay), updatedAt: sql<Date>`now()` })
      .where('workspaceId', '=', caller.workspaceId)
      .where('id', '=', overlayId)
      .execute(),
  );
  const cause = { kind: 'overlay' as const, id: overlayId, name: overlay.name };
  const bots = await settleChange(byCaller(context), changed, { cause, reason: overlay.reason });
  await record({
    type: 'overlay-updated',
    subjectId: overlayId,
    subjectName: overlay.name,
    detail: { ...changesOf(toldOfOverlay(before), toldOfOverlay(overlay)), bots },
  });
  return getOverlay(tx, overlayId);
}
