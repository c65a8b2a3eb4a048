import { api } from '@clawster/contract/api';
import type { ParsedInputOf } from '@clawster/contract/route';
import { command, type CommandContext } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { proposeLayer } from '../configuration/propose.ts';
import { byCaller, refuseUnfit, settleChange } from '../configuration/settle.ts';
import { getOverlay } from './overlay.queries.ts';

/** Takes an overlay away; its bots go on without it. */
export const deleteOverlay = command(api.overlays.delete, removeOverlay);

/** The same within a change of more than this. */
export async function removeOverlay(context: CommandContext, { overlayId }: ParsedInputOf<typeof api.overlays.delete>) {
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
}
