import { api } from '@clawster/contract/api';
import { builtInRoles } from '@clawster/contract/permission-list';
import type { Role } from '@clawster/contract/permission';
import type { RoleDefinition } from '@clawster/contract/role';
import { roleMatrix } from '@clawster/domain/role/role';
import { sql } from 'kysely';
import { query } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { knownPermissions } from './role.queries.ts';

const hints: Readonly<Record<(typeof builtInRoles)[number], string>> = {
  owner: 'Everything, the workspace itself too',
  admin: 'Everything but the workspace itself',
  developer: 'Makes, runs and ends bots; keeps connectors and runtimes',
  operator: 'Makes and runs bots; ends none',
  auditor: 'Sees everything, keys too; changes nothing',
  viewer: 'Sees everything but keys; changes nothing',
  member: 'Sees no bot but those given to them',
};

/** Every role of the workspace, built-in ones from most to least, then its own by name. */
export const listRoles = query(api.roles.list, async ({ tx, caller }) => {
  const people = await countPeople(tx, caller.workspaceId);
  const own = await tx
    .selectFrom('role')
    .select(['name', 'description', 'permissions'])
    .where('workspaceId', '=', caller.workspaceId)
    .orderBy('name')
    .execute();
  const builtIn = builtInRoles.map((name) => ({ name, description: hints[name], permissions: [...roleMatrix[name]] }));
  const withPeople = (isBuiltIn: boolean) => (role: Omit<RoleDefinition, 'builtIn' | 'people'>) => ({
    ...role,
    builtIn: isBuiltIn,
    people: people.get(role.name) ?? 0,
  });
  return {
    items: [
      ...builtIn.map(withPeople(true)),
      ...own.map((role) => withPeople(false)({ ...role, permissions: knownPermissions(role.permissions) })),
    ],
  };
});

/** How many people have each role, for all bots or for some. */
export async function countPeople(tx: Tx, workspaceId: string): Promise<Map<Role, number>> {
  const { rows } = await sql<{ role: string; people: number }>`
    select role, count(distinct person_id) as people from (
      select role, person_id from membership where workspace_id = ${workspaceId}
      union all select role, person_id from role_binding where workspace_id = ${workspaceId}
    ) as held group by role`.execute(tx);
  return new Map(rows.map(({ role, people }) => [role, Number(people)]));
}
