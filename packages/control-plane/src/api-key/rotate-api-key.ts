import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import { command } from '../command.ts';
import { databaseNow } from '../database-now.ts';
import { knownPermissions, scopeColumns, scopeIn } from '../role/role.queries.ts';
import { hashToken } from '../session/token.ts';
import type { Tx } from '../transaction.ts';
import { insertApiKey, isOwn } from './api-key.queries.ts';
import { newKeyValue } from './key-value.ts';
import { refuseAbove } from './refuse-above.ts';

const hourMs = 3_600_000;

/** Gives a key a new value with the same rights; the old one is good until the overlap ends, and what it has open begins anew. */
export const rotateApiKey = command(api.apiKeys.rotate, async (context, { apiKeyId, overlapHours }) => {
  const { tx, caller, record, recordAll } = context;
  const old = await lockKey(tx, caller, apiKeyId);
  const { name, role, scopes, bots } = old;
  const owner = await refuseAbove(tx, caller, old);
  const now = await databaseNow(tx);
  const { value, prefix } = newKeyValue();
  const apiKey = await insertApiKey(tx, caller, {
    workspaceId: caller.workspaceId,
    name,
    role,
    scopes: scopes ?? null,
    ...scopeColumns(bots),
    prefix,
    valueHash: hashToken(value),
    ...owner,
    expiresAt: new Date(now.getTime() + old.lastsMs),
  });
  const goodUntil = new Date(Math.min(old.expiresAt.getTime(), now.getTime() + overlapHours * hourMs));
  await tx
    .updateTable('apiKey')
    .set({ replacedBy: apiKey.id, expiresAt: goodUntil, ...(overlapHours === 0 ? { revokedAt: now } : {}) })
    .where('id', '=', apiKeyId)
    .execute();
  await record({
    type: 'api-key-rotated',
    subjectId: apiKeyId,
    subjectName: name,
    detail: { replacedBy: apiKey.id, goodUntil: goodUntil.toISOString(), expiresAt: apiKey.expiresAt },
  });
  if (overlapHours === 0) await recordAll([{ type: 'api-key-revoked', subjectId: apiKeyId, subjectName: name }]);
  return { apiKey, value };
});

/**
 * A key that is good and was not rotated before, held so that of two who rotate it at once the second is refused. It is the
 * caller's own or a service account's: another person's new value would let the caller act in their name.
 */
async function lockKey(tx: Tx, caller: SignedIn, id: string) {
  const row = await tx
    .selectFrom('apiKey')
    .select(['name', 'role', 'scopes', 'botId', 'labels', 'serviceAccountId', 'createdAt', 'expiresAt', 'revokedAt'])
    .select(['replacedBy', isOwn(caller).as('isOwn'), sql<boolean>`expires_at <= now()`.as('isExpired')])
    .where('workspaceId', '=', caller.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  const seesAll = caller.permissions.has('api-key:read') || caller.permissions.has('api-key:manage');
  if (!row || !(row.isOwn || seesAll)) throw new Refusal('not-found', 'No API key of yours has this id');
  refuseUnlessRotatable(row);
  return {
    name: row.name,
    role: row.role,
    scopes: row.scopes ? knownPermissions(row.scopes) : undefined,
    bots: row.botId === null && row.labels === null ? undefined : scopeIn(row),
    serviceAccountId: row.serviceAccountId ?? undefined,
    expiresAt: row.expiresAt,
    lastsMs: row.expiresAt.getTime() - row.createdAt.getTime(),
  };
}

type Row = { name: string; isOwn: boolean; isExpired: boolean } & Record<
  'serviceAccountId' | 'revokedAt' | 'replacedBy',
  unknown
>;

function refuseUnlessRotatable({ name, isOwn: own, serviceAccountId, isExpired, revokedAt, replacedBy }: Row): void {
  if (!own && serviceAccountId === null)
    throw new Refusal('forbidden', `${name} is another person's: they rotate it themselves, or it is revoked`);
  if (revokedAt) throw new Refusal('refused', `${name} is revoked: make a new key instead`);
  if (isExpired) throw new Refusal('refused', `${name} has expired: make a new key instead`);
  if (replacedBy) throw new Refusal('conflict', `${name} was rotated already: rotate the key that replaced it`);
}
