import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { command } from '../command.ts';
import type { Tx } from '../transaction.ts';
import { lockRole } from './lock-role.ts';

/** Deletes a role of the workspace's own that nobody has, no key and no invitation, and that no provider gives. */
export const deleteRole = command(api.roles.delete, async ({ tx, caller, record }, { role: name }) => {
  const role = await lockRole(tx, caller, name);
  const holders = await holdersOf(tx, caller.workspaceId, name);
  if (holders.length > 0)
    throw new Refusal('refused', `The role ${name} is still held by ${holders.join(', ')}: give them another first`);
  await tx.deleteFrom('role').where('workspaceId', '=', caller.workspaceId).where('name', '=', name).execute();
  await record({ type: 'role-deleted', subjectName: name, detail: { permissions: role.permissions } });
  return {};
});

/** Who holds a role, in words; empty when nobody does. */
async function holdersOf(tx: Tx, workspaceId: string, role: string): Promise<string[]> {
  const { rows } = await sql<{ kind: string; count: number }>`
    select kind, count(*) as count from (
      select 'people' as kind from membership where workspace_id = ${workspaceId} and role = ${role}
      union all select 'people for some bots' from role_binding where workspace_id = ${workspaceId} and role = ${role}
      union all select 'service accounts' from service_account
        where workspace_id = ${workspaceId} and role = ${role}
      union all select 'API keys' from api_key
        where workspace_id = ${workspaceId} and role = ${role} and revoked_at is null and expires_at > now()
      union all select 'invitations' from invitation
        where workspace_id = ${workspaceId} and role = ${role} and accepted_at is null and revoked_at is null
      union all select 'identity provider' from identity_provider where workspace_id = ${workspaceId} and
        (settings ->> 'defaultRole' = ${role} or settings -> 'groupRoles' @> jsonb_build_array(jsonb_build_object('role', ${role}::text)))
    ) as held group by kind order by kind`.execute(tx);
  return rows.map(({ kind, count }) => `${kind} (${count})`);
}
