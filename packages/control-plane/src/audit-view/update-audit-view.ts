import { api } from '@clawster/contract/api';
import { changesOf } from '@clawster/domain/audit/changes';
import { command } from '../command.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { lockView, toView } from './audit-view.queries.ts';

/** Renames a view, or has it show other events. */
export const updateAuditView = command(api.auditViews.update, async ({ tx, caller, record }, { viewId, ...wanted }) => {
  const row = await lockView(tx, caller, viewId);
  const before = toView(row);
  const { name = before.name, filter = before.filter } = wanted;
  await unlessNameTaken('auditView', name, () =>
    tx
      .updateTable('auditView')
      .set({ name, filter })
      .where('workspaceId', '=', caller.workspaceId)
      .where('id', '=', viewId)
      .execute(),
  );
  const detail = changesOf({ name: before.name, filter: before.filter }, { name, filter });
  await record({ type: 'audit-view-updated', subjectId: viewId, subjectName: name, detail });
  return { ...before, name, filter };
});
