import { api } from '@clawster/contract/api';
import type { ListedWorkspace } from '@clawster/contract/workspace';
import type { Caller, SignedIn } from '../caller.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';

/** The workspaces that let the caller in, by name; of an API key, the one it belongs to. */
export async function listWorkspaces(plane: ControlPlane, asking: Caller, raw: unknown) {
  const caller = admit(api.workspaces.list, asking);
  parseInput(api.workspaces.list, raw);
  const found = await systemQuery(plane, (tx) => (caller.kind === 'person' ? ofPerson(tx, caller) : ofKey(tx, caller)));
  return { items: found.map((one): ListedWorkspace => ({ ...one, current: one.id === caller.workspaceId })) };
}

function ofPerson(tx: Tx, { id }: SignedIn) {
  return tx
    .selectFrom('membership')
    .innerJoin('workspace', 'workspace.id', 'membership.workspaceId')
    .select(['workspace.id', 'workspace.name', 'membership.role'])
    .where('membership.personId', '=', id)
    .where('membership.disabledAt', 'is', null)
    .orderBy('workspace.name')
    .orderBy('workspace.id')
    .execute();
}

async function ofKey(tx: Tx, { workspaceId, role }: SignedIn) {
  const found = await tx.selectFrom('workspace').select(['id', 'name']).where('id', '=', workspaceId).execute();
  return found.map((one) => ({ ...one, role }));
}
