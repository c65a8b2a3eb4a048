import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { ownerOf, refuseUnlessManager, selectViews, toView } from './audit-view.queries.ts';

/** So many one sees: the list has no pages. */
const viewsMax = 100;

/** Keeps a filter under a name, for the caller or for the whole workspace. */
export const createAuditView = command(
  api.auditViews.create,
  async ({ tx, caller, record }, { name, filter, shared }) => {
    if (shared) refuseUnlessManager(caller);
    const ownerId = shared ? null : ownerOf(caller);
    if (ownerId === undefined)
      throw new Refusal('refused', 'A service account has no views of its own: share it with the workspace');
    const there = await selectViews(tx, caller).execute();
    if (there.length >= viewsMax) throw new Refusal('refused', `There are ${viewsMax} views at most: delete one first`);
    const row = await unlessNameTaken('auditView', name, () =>
      tx
        .insertInto('auditView')
        .values({ workspaceId: caller.workspaceId, ownerId, name, filter })
        .returning(['id', 'name', 'filter', 'ownerId', 'createdAt'])
        .executeTakeFirstOrThrow(),
    );
    await record({ type: 'audit-view-created', subjectId: row.id, subjectName: name, detail: { filter, shared } });
    return toView(row);
  },
);
