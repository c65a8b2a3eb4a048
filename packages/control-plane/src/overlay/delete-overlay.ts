import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { proposeLayer } from '../configuration/propose.ts';
import { byCaller, refuseUnfit, settleChange } from '../configuration/settle.ts';
import { getOverlay } from './overlay.queries.ts';

/** Takes an overlay away; its bots go on without it. */
export const deleteOverlay = command(api.overlays.delete, async (context, { overlayId }) => {
  const { tx, caller, record } = context;
  const { workspaceId } = caller;
  await lockLayers(tx, workspaceId, 'change');
  const { name } = await getOverlay(tx, overlayId);
  const changed = await proposeLayer(tx, workspaceId, { overlay: { id: overlayId, after: undefined } });
  refuseUnfit(changed);
  await tx.deleteFrom('overlay').where('workspaceId', '=', workspaceId).where('id', '=', overlayId).execute();
  const bots = await settleChange(byCaller(context), changed, {
    cause: { kind: 'overlay', id: overlayId, name },
    reason: '',
  });
  await record({ type: 'overlay-deleted', subjectId: overlayId, subjectName: name, detail: { bots } });
  return {};
});
