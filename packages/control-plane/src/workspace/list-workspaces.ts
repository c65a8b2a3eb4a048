import { api } from '@clawster/contract/api';
import type { ListedWorkspace } from '@clawster/contract/workspace';
import type { Caller, SignedIn } from '../caller.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { isBySso } from '../session/session.queries.ts';
import type { Tx } from '../transaction.ts';

/** The workspaces that let the caller in, by name; of an API key, and of a session that was opened at a workspace's identity provider, that one alone. */
export async function listWorkspaces(plane: ControlPlane, asking: Caller, raw: unknown) {
  const caller = admit(api.workspaces.list, asking);
  parseInput(api.workspaces.list, raw);
  const found = await systemQuery(plane, (tx) => list(tx, caller));
  return { items: found.map((one): ListedWorkspace => ({ ...one, current: one.id === caller.workspaceId })) };
}

/** Who runs a workspace's provider learns nothing by it of the other workspaces of its people. */
async function list(tx: Tx, caller: SignedIn) {
  const isOfOne = !caller.sessionId || (await isBySso(tx, caller.sessionId));
  return isOfOne ? ofOne(tx, caller) : ofPerson(tx, caller);
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

async function ofOne(tx: Tx, { workspaceId, role }: SignedIn) {
  const found = await tx.selectFrom('workspace').select(['id', 'name']).where('id', '=', workspaceId).execute();
  return found.map((one) => ({ ...one, role }));
}
