import type { ApiKey } from '@clawster/contract/api-key';
import type { ApiKeyTable } from '@clawster/database/schema';
import type { Access } from '@clawster/domain/role/reach';
import { narrowed } from '@clawster/domain/role/role';
import { sql, type Selectable } from 'kysely';
import { customPermissions, knownPermissions, permissionsIn, scopeIn } from '../role/role.queries.ts';
import type { Tx } from '../transaction.ts';

const shown = [
  'id',
  'name',
  'prefix',
  'role',
  'scopes',
  'createdAt',
  'expiresAt',
  'lastUsedAt',
  'revokedAt',
  'botId',
  'labels',
] as const;
type Shown = Pick<Selectable<ApiKeyTable>, (typeof shown)[number]>;

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
};

export async function insertApiKey(tx: Tx, values: ApiKeyValues): Promise<ApiKey> {
  return toApiKey(await tx.insertInto('apiKey').values(values).returning(shown).executeTakeFirstOrThrow());
}

/** Newest first. */
export async function pageOfApiKeys(tx: Tx, workspaceId: string, page: { offset: number; limit: number }) {
  const rows = await tx
    .selectFrom('apiKey')
    .select(shown)
    .select(sql<number>`count(*) over ()`.as('total'))
    .where('workspaceId', '=', workspaceId)
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  return { items: rows.map(toApiKey), total: rows[0]?.total ?? 0 };
}

/** Revokes a key; its name, or undefined when there is no such key in force. */
export async function revokeKey(tx: Tx, workspaceId: string, id: string): Promise<string | undefined> {
  const row = await tx
    .updateTable('apiKey')
    .set({ revokedAt: sql<Date>`now()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .returning('name')
    .executeTakeFirst();
  return row?.name;
}

export function findKeyInForce(tx: Tx, valueHash: Buffer) {
  return tx
    .selectFrom('apiKey')
    .leftJoin('person', 'person.id', 'apiKey.createdBy')
    .select(['apiKey.id', 'workspaceId', 'apiKey.name', 'role', 'scopes', 'lastUsedAt', 'createdBy', 'botId', 'labels'])
    .select(customPermissions('api_key').as('customPermissions'))
    .select('person.name as creatorName')
    .where('valueHash', '=', valueHash)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`now()`)
    .executeTakeFirst();
}

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
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    role: row.role,
    scopes: row.scopes ? knownPermissions(row.scopes) : undefined,
    ...(row.botId === null && row.labels === null ? {} : { bots: scopeIn(row) }),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString(),
    revokedAt: row.revokedAt?.toISOString(),
  };
}
