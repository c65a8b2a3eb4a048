import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { lockView } from './audit-view.queries.ts';

/** Forgets a view. */
export const deleteAuditView = command(api.auditViews.delete, async ({ tx, caller, record }, { viewId }) => {
  const { name, ownerId } = await lockView(tx, caller, viewId);
  await tx.deleteFrom('auditView').where('workspaceId', '=', caller.workspaceId).where('id', '=', viewId).execute();
  await record({
    type: 'audit-view-deleted',
    subjectId: viewId,
    subjectName: name,
    detail: { shared: ownerId === null },
  });
  return {};
});
