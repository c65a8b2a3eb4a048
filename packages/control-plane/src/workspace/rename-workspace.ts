import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { findWorkspace } from './workspace.queries.ts';

/** Gives the caller's workspace another name. */
export const renameWorkspace = command(api.workspaces.rename, async ({ tx, caller, record }, { name }) => {
  const { workspaceId } = caller;
  const { name: from } = await tx
    .selectFrom('workspace')
    .select('name')
    .where('id', '=', workspaceId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  if (from === name) throw new Refusal('conflict', `The workspace is named ${name} already`);
  await tx.updateTable('workspace').set({ name }).where('id', '=', workspaceId).execute();
  await record({ type: 'workspace-renamed', subjectId: workspaceId, subjectName: name, detail: { from, to: name } });
  return findWorkspace(tx, workspaceId);
});
