import type { ApiKey } from '@clawster/contract/api-key';
import type { Access } from '@clawster/domain/role/reach';
import { narrowed } from '@clawster/domain/role/role';
import { type RawBuilder, sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import { knownPermissions, permissionsIn, scopeIn } from '../role/role.queries.ts';
import type { Tx } from '../transaction.ts';

export type ApiKeyValues = {
  workspaceId: string;
  name: string;
  prefix: string;
  valueHash: Buffer;
  role: string;
  scopes: string[] | null;
  createdBy: string | null;
  expiresAt: Date;
  botId: string | null;
  labels: Record<string, string> | null;
  serviceAccountId: string | null;
};

export async function insertApiKey(tx: Tx, caller: SignedIn, values: ApiKeyValues): Promise<ApiKey> {
  const { id } = await tx.insertInto('apiKey').values(values).returning('id').executeTakeFirstOrThrow();
  return toApiKey(await selectKeys(tx, caller).where('apiKey.id', '=', id).executeTakeFirstOrThrow());
}

/** Newest first; the caller's own alone, where they may not see all. */
export async function pageOfApiKeys(tx: Tx, caller: SignedIn, page: { offset: number; limit: number }) {
  let select = selectKeys(tx, caller);
  if (!caller.permissions.has('api-key:read')) select = select.where(isOwn(caller));
  const rows = await select
    .select(sql<number>`count(*) over ()`.as('total'))
    .orderBy('apiKey.createdAt', 'desc')
    .orderBy('apiKey.id')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  return { items: rows.map(toApiKey), total: rows[0]?.total ?? 0 };
}

/** Revokes a key, the caller's own or with `api-key:manage` any; its name, or undefined when there is no such key in force. */
export async function revokeKey(tx: Tx, caller: SignedIn, id: string): Promise<string | undefined> {
  let revoking = tx
    .updateTable('apiKey')
    .set({ revokedAt: sql<Date>`now()` })
    .where('workspaceId', '=', caller.workspaceId)
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .returning('name');
  if (!caller.permissions.has('api-key:manage')) revoking = revoking.where(isOwn(caller));
  return (await revoking.executeTakeFirst())?.name;
}

/** Holds for the keys of the caller: those a person made for themselves, those of a service account, or a key without either itself. */
export function isOwn(caller: SignedIn): RawBuilder<boolean> {
  const { kind } = caller.onBehalfOf ?? caller;
  const id = caller.onBehalfOf && 'id' in caller.onBehalfOf ? caller.onBehalfOf.id : caller.id;
  if (kind === 'service-account') return sql<boolean>`coalesce(api_key.service_account_id = ${id}::uuid, false)`;
  if (kind === 'person')
    return sql<boolean>`(api_key.service_account_id is null and coalesce(api_key.created_by = ${id}::uuid, false))`;
  return sql<boolean>`api_key.id = ${caller.id}::uuid`;
}

function selectKeys(tx: Tx, caller: SignedIn) {
  return tx
    .selectFrom('apiKey')
    .leftJoin('person', 'person.id', 'apiKey.createdBy')
    .leftJoin('serviceAccount', 'serviceAccount.id', 'apiKey.serviceAccountId')
    .select(['apiKey.id', 'apiKey.name', 'apiKey.prefix', 'apiKey.role', 'apiKey.scopes', 'apiKey.botId'])
    .select(['apiKey.labels', 'apiKey.createdAt', 'apiKey.expiresAt', 'apiKey.lastUsedAt', 'apiKey.revokedAt'])
    .select(['apiKey.replacedBy', 'apiKey.createdBy', 'person.name as creatorName'])
    .select(['apiKey.serviceAccountId', 'serviceAccount.name as accountName', isOwn(caller).as('isOwn')])
    .where('apiKey.workspaceId', '=', caller.workspaceId);
}

type Shown = Awaited<ReturnType<ReturnType<typeof selectKeys>['executeTakeFirstOrThrow']>>;

export async function touchKey(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('apiKey')
    .set({ lastUsedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
}

/** What a key may do, to all bots or to some: its role's permissions, less those that its scopes leave out. */
export function keyAccess(key: KeyRow): Access {
  const { role } = key;
  const scopes = key.scopes && knownPermissions(key.scopes);
  const permissions = narrowed(permissionsIn(role, key.customPermissions), scopes ?? undefined);
  if (key.botId === null && key.labels === null) return { role, permissions };
  return { role, permissions: new Set(), grants: [{ role, permissions, bots: scopeIn(key) }] };
}

type KeyRow = {
  role: string;
  scopes: string[] | null;
  customPermissions: string[] | null;
  botId: string | null;
  labels: unknown;
};

function toApiKey(row: Shown): ApiKey {
  const { serviceAccountId, accountName, createdBy, creatorName, replacedBy } = row;
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    role: row.role,
    scopes: row.scopes ? knownPermissions(row.scopes) : undefined,
    ...(row.botId === null && row.labels === null ? {} : { bots: scopeIn(row) }),
    ...(serviceAccountId === null ? {} : { serviceAccount: { id: serviceAccountId, name: accountName ?? '' } }),
    ...(createdBy === null ? {} : { madeBy: { id: createdBy, name: creatorName ?? '' } }),
    isOwn: row.isOwn,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    ...(replacedBy === null ? {} : { replacedBy }),
    lastUsedAt: row.lastUsedAt?.toISOString(),
    revokedAt: row.revokedAt?.toISOString(),
  };
}
