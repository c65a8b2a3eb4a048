import type { Actor } from '@clawster/contract/event';
import { authorName } from '@clawster/domain/audit/author-name';
import type { Secret, SecretUse, SecretVersion } from '@clawster/contract/secret';
import type { SecretReference } from '@clawster/contract/secret-source';
import { dueAtOf } from '@clawster/domain/secret/due';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

const uses = sql<SecretUse[]>`coalesce((select jsonb_agg(jsonb_build_object(
    'kind', use.owner_kind, 'id', use.owner_id, 'name', coalesce(connector.name, channel.name, exporter.name), 'field', use.field)
    order by use.owner_kind, coalesce(connector.name, channel.name, exporter.name), use.field)
  from secret_use use
  left join connector on use.owner_kind = 'connector' and connector.id = use.owner_id
  left join channel on use.owner_kind = 'channel' and channel.id = use.owner_id
  left join exporter on use.owner_kind = 'exporter' and exporter.id = use.owner_id
  where use.secret_id = named_secret.id), '[]')`;
const rotationId = sql<
  string | null
>`(select id from rotation where rotation.secret_id = named_secret.id and ended_at is null)`;
const botCount = sql<number>`(select count(distinct bot_id)::int from secret_bot where secret_bot.secret_id = named_secret.id)`;
const deliveredAt = sql<Date | null>`(select max(last_at) from secret_access where secret_access.secret_id = named_secret.id)`;

/** Secrets of the transaction's workspace, without those deleted; no value is in it. */
export function selectSecrets(tx: Tx) {
  return tx
    .selectFrom('namedSecret')
    .innerJoin('namedSecretVersion as current', (join) =>
      join.onRef('current.secretId', '=', 'namedSecret.id').onRef('current.version', '=', 'namedSecret.currentVersion'),
    )
    .where('namedSecret.deletedAt', 'is', null)
    .where(isVisible('namedSecret'))
    .select([
      'namedSecret.id',
      'namedSecret.name',
      'namedSecret.note',
      'namedSecret.currentVersion',
      'namedSecret.rotateDays',
      'namedSecret.createdAt',
      'namedSecret.updatedAt',
      'namedSecret.source',
      'namedSecret.sourceReadAt',
      'namedSecret.sourceTrouble',
      'current.createdAt as setAt',
      'current.expiresAt',
    ])
    .select([uses.as('uses'), botCount.as('botCount'), deliveredAt.as('deliveredAt'), rotationId.as('rotationId')]);
}
type SecretRow = Awaited<ReturnType<ReturnType<typeof selectSecrets>['executeTakeFirstOrThrow']>>;

/** Refuses when there is no such secret. */
export async function getSecret(tx: Tx, secretId: string): Promise<Secret> {
  const row = await selectSecrets(tx).where('namedSecret.id', '=', secretId).executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such secret in this workspace');
  return toSecret(row);
}

export function toSecret(row: SecretRow): Secret {
  const { id, name, note, currentVersion, setAt, expiresAt, rotateDays, deliveredAt: delivered } = row;
  const dueAt = dueAtOf({ setAt, expiresAt: expiresAt ?? undefined, rotateDays: rotateDays ?? undefined });
  return {
    id,
    name,
    note,
    version: currentVersion,
    setAt: setAt.toISOString(),
    ...(expiresAt ? { expiresAt: expiresAt.toISOString() } : {}),
    ...(rotateDays ? { rotateDays } : {}),
    ...(dueAt ? { dueAt: dueAt.toISOString() } : {}),
    uses: row.uses,
    botCount: row.botCount,
    ...(delivered ? { deliveredAt: delivered.toISOString() } : {}),
    ...(row.rotationId ? { rotationId: row.rotationId } : {}),
    ...sourceIn(row),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function sourceIn({ source, sourceReadAt, sourceTrouble }: SecretRow): Partial<Secret> {
  if (!source) return {};
  return {
    source: source as SecretReference,
    ...(sourceReadAt ? { readAt: sourceReadAt.toISOString() } : {}),
    ...(sourceTrouble ? { readTrouble: sourceTrouble } : {}),
  };
}

/** The versions of a secret, the newest first. */
export async function versionsOf(tx: Tx, { id, version: current }: Secret): Promise<SecretVersion[]> {
  const rows = await tx
    .selectFrom('namedSecretVersion')
    .select(['version', 'author', 'createdAt', 'expiresAt', 'revokedAt', 'proof'])
    .where('secretId', '=', id)
    .orderBy('version', 'desc')
    .limit(100)
    .execute();
  return rows.map(({ version, author, createdAt, expiresAt, revokedAt, proof }) => ({
    version,
    state: revokedAt ? 'revoked' : version === current ? 'current' : 'former',
    author: authorName(author as Actor),
    createdAt: createdAt.toISOString(),
    ...(expiresAt ? { expiresAt: expiresAt.toISOString() } : {}),
    ...(revokedAt ? { revokedAt: revokedAt.toISOString() } : {}),
    ...(proof ? { proof: proof as NonNullable<SecretVersion['proof']> } : {}),
  }));
}
