import { type Access, limitedTo } from '@clawster/domain/role/reach';
import { sql } from 'kysely';
import { boundRoles, customPermissions, permissionsIn } from '../role/role.queries.ts';
import { accessIn } from '../session/session.queries.ts';
import type { Tx } from '../transaction.ts';
import { keyAccess } from './api-key.queries.ts';

/** The key of this value, unless it is expired, revoked or of a service account that is disabled. */
export async function findKeyInForce(tx: Tx, valueHash: Buffer) {
  const row = await keysInForce(tx).where('apiKey.valueHash', '=', valueHash).executeTakeFirst();
  return row && { ...row, access: effectiveAccess(row) };
}

/** The same by its id. */
export async function findKeyById(tx: Tx, workspaceId: string, id: string) {
  const row = await keysInForce(tx)
    .where('apiKey.workspaceId', '=', workspaceId)
    .where('apiKey.id', '=', id)
    .executeTakeFirst();
  return row && { ...row, access: effectiveAccess(row) };
}

function keysInForce(tx: Tx) {
  return tx
    .selectFrom('apiKey')
    .leftJoin('person', 'person.id', 'apiKey.createdBy')
    .leftJoin('serviceAccount', 'serviceAccount.id', 'apiKey.serviceAccountId')
    .leftJoin('membership', (join) =>
      join
        .onRef('membership.personId', '=', 'apiKey.createdBy')
        .onRef('membership.workspaceId', '=', 'apiKey.workspaceId')
        .on('membership.disabledAt', 'is', null),
    )
    .select(['apiKey.id', 'apiKey.workspaceId', 'apiKey.name', 'apiKey.role', 'apiKey.scopes', 'apiKey.botId'])
    .select(['apiKey.labels', 'apiKey.lastUsedAt', 'apiKey.createdBy', 'apiKey.serviceAccountId'])
    .select(['person.name as creatorName', 'serviceAccount.name as accountName', 'serviceAccount.role as accountRole'])
    .select(['membership.role as creatorRole', boundRoles.as('boundRoles')])
    .select(sql<number>`(extract(epoch from api_key.expires_at - now()) * 1000)::float8`.as('goodForMs'))
    .select([
      customPermissions('api_key').as('customPermissions'),
      customPermissions('service_account').as('accountPermissions'),
      customPermissions('membership').as('creatorPermissions'),
    ])
    .where('apiKey.revokedAt', 'is', null)
    .where('apiKey.expiresAt', '>', sql<Date>`now()`)
    .where('serviceAccount.disabledAt', 'is', null);
}

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof keysInForce>['executeTakeFirst']>>>;

/** What the key says, as far as whoever it belongs to may do it at this moment. */
function effectiveAccess(row: Row): Access {
  const holder = holderOf(row);
  return holder ? limitedTo(keyAccess(row), holder) : keyAccess(row);
}

/** Undefined where whoever made the key has no account any more. */
function holderOf(row: Row): Access | undefined {
  if (row.accountRole !== null)
    return { role: row.accountRole, permissions: permissionsIn(row.accountRole, row.accountPermissions) };
  if (row.creatorRole !== null)
    return accessIn({
      role: row.creatorRole,
      customPermissions: row.creatorPermissions,
      boundRoles: row.boundRoles,
    });
  return row.createdBy === null ? undefined : { role: row.role, permissions: new Set() };
}
