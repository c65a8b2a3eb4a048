import { Permission, type Role } from '@clawster/contract/permission';
import type { BotScope } from '@clawster/contract/label';
import type { Grant } from '@clawster/domain/role/reach';
import { type HeldRole, isBuiltIn, roleMatrix } from '@clawster/domain/role/role';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** What a row's own role may do, where the workspace made it: for a `select` beside the columns `workspace_id` and `role` of `table`. */
export function customPermissions(table: 'membership' | 'api_key' | 'invitation' | 'service_account') {
  const at = sql.table(table);
  return sql<string[] | null>`(select role.permissions from role
    where role.workspace_id = ${at}.workspace_id and role.name = ${at}.role)`;
}

type BoundRole = {
  role: Role;
  permissions: string[] | null;
  botId: string | null;
  labels: Record<string, string> | null;
};

/** What a membership's person was given for some bots. */
export const boundRoles = sql<BoundRole[] | null>`(
  select jsonb_agg(jsonb_build_object('role', binding.role, 'permissions', role.permissions,
    'botId', binding.bot_id, 'labels', binding.labels))
  from role_binding as binding
  left join role on role.workspace_id = binding.workspace_id and role.name = binding.role
  where binding.workspace_id = membership.workspace_id and binding.person_id = membership.person_id)`;

/** What a role may do, built in or as stored; one that is gone may do nothing. */
export function permissionsIn(role: Role, stored: readonly string[] | null | undefined): ReadonlySet<Permission> {
  return isBuiltIn(role) ? roleMatrix[role] : new Set(knownPermissions(stored ?? []));
}

/** A permission that a newer version dropped is left out. */
export function knownPermissions(stored: readonly string[]): Permission[] {
  return stored.flatMap((one) => Permission.safeParse(one).data ?? []);
}

export function grantsIn(bound: BoundRole[] | null): Grant[] {
  return (bound ?? []).map(({ role, permissions, botId, labels }) => ({
    role,
    permissions: permissionsIn(role, permissions),
    bots: scopeIn({ botId, labels }),
  }));
}

/** The bots that two columns name, of which one is set. */
export function scopeIn({ botId, labels }: { botId: string | null; labels: unknown }): BotScope {
  return botId === null ? { labels: labels as Record<string, string> } : { botId };
}

/** The same as columns. */
export function scopeColumns(bots: BotScope | undefined) {
  return {
    botId: bots && 'botId' in bots ? bots.botId : null,
    labels: bots && 'labels' in bots ? bots.labels : null,
  };
}

/** A role that is about to be given to someone: it is not changed or deleted until the transaction ends. */
export async function holdDefinition(tx: Tx, workspaceId: string, role: Role): Promise<HeldRole> {
  if (isBuiltIn(role)) return { role, permissions: roleMatrix[role] };
  const stored = await tx
    .selectFrom('role')
    .select('permissions')
    .where('workspaceId', '=', workspaceId)
    .where('name', '=', role)
    .forShare()
    .executeTakeFirst();
  if (stored) return { role, permissions: permissionsIn(role, stored.permissions) };
  const message = `There is no role ${role} in this workspace: see which there are under Roles`;
  throw Refusal.at('role', 'invalid', message);
}

/** What a role may do now; nothing when it is gone. */
export async function findDefinition(tx: Tx, workspaceId: string, role: Role): Promise<HeldRole> {
  if (isBuiltIn(role)) return { role, permissions: roleMatrix[role] };
  const stored = await tx
    .selectFrom('role')
    .select('permissions')
    .where('workspaceId', '=', workspaceId)
    .where('name', '=', role)
    .executeTakeFirst();
  return { role, permissions: permissionsIn(role, stored?.permissions) };
}
