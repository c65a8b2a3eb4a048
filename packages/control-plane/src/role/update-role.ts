import { api } from '@clawster/contract/api';
import { changesOf } from '@clawster/domain/audit/changes';
import { Refusal } from '@clawster/domain/refusal';
import { whyNotGrant } from '@clawster/domain/role/role';
import { sql } from 'kysely';
import { command } from '../command.ts';
import { endGrantsAbove, endKeysOfAccounts } from '../person/end-access.ts';
import type { Tx } from '../transaction.ts';
import { lockRole } from './lock-role.ts';

/** Changes what a role may do; it holds for the next request of all who have it, and what they opened begins anew. */
export const updateRole = command(api.roles.update, async (context, { role: name, ...changes }) => {
  const { tx, caller, record } = context;
  const { workspaceId } = caller;
  const role = await lockRole(tx, caller, name);
  const { permissions = role.permissions, description = role.description } = changes;
  const reason = whyNotGrant(caller, { role: name, permissions: new Set(permissions) });
  if (reason) throw new Refusal('forbidden', reason);
  await tx
    .updateTable('role')
    .set({ permissions, description, updatedAt: sql<Date>`now()` })
    .where('workspaceId', '=', workspaceId)
    .where('name', '=', name)
    .execute();
  const givers = { workspaceId, personIds: await peopleWith(tx, workspaceId, name) };
  const given = await endGrantsAbove(context, givers);
  const accounts = { workspaceId, serviceAccountIds: await accountsWith(tx, workspaceId, name) };
  const ofAccounts = await endKeysOfAccounts(context, accounts, new Set(permissions));
  const ended = { ...given, apiKeys: given.apiKeys + ofAccounts };
  const before = { permissions: role.permissions.toSorted(), description: role.description };
  const after = { permissions: permissions.toSorted(), description };
  await record({ type: 'role-updated', subjectName: name, detail: { ...changesOf(before, after), ...ended } });
  return ended;
});

/** Those whose role it is, for all bots or for some: what they handed out was theirs by it. */
async function peopleWith(tx: Tx, workspaceId: string, role: string): Promise<string[]> {
  const holding = (table: 'membership' | 'roleBinding') =>
    tx.selectFrom(table).select('personId').where('workspaceId', '=', workspaceId).where('role', '=', role);
  const rows = await holding('membership').union(holding('roleBinding')).execute();
  return rows.map(({ personId }) => personId);
}

async function accountsWith(tx: Tx, workspaceId: string, role: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('serviceAccount')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('role', '=', role)
    .execute();
  return rows.map(({ id }) => id);
}
