import type { SecretUse } from '@clawster/contract/secret';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import type { CommandContext } from '../command.ts';
import { actorOf } from '../caller.ts';
import type { Tx } from '../transaction.ts';
import { addVersion, insertSecretNamed } from './add-version.ts';
import type { KeyWrapper } from './key-wrapper.ts';
import { readSealed } from './read-secret.ts';
import { getSecret } from './secret.queries.ts';

/** A field of a connector, a channel or an exporter that a secret is behind. */
export type SecretField = { ownerKind: SecretUse['kind']; ownerId: string; field: string };

/** A value as it is delivered, and which secret and version it is. */
export type UsedSecret = { secretId: string; version: number; value: string };

/**
 * The value behind a field, or undefined when none is: for the link and for asking the service alone. For a bot it is the
 * version that bot should have.
 */
export async function readUsedSecret(
  tx: Tx,
  keys: KeyWrapper,
  { workspaceId, botId, ...field }: SecretField & { workspaceId: string; botId?: string },
): Promise<UsedSecret | undefined> {
  const row = await tx
    .selectFrom('secretUse')
    .innerJoin('namedSecret', 'namedSecret.id', 'secretUse.secretId')
    .innerJoin('namedSecretVersion as version', (join) =>
      join.onRef('version.secretId', '=', 'namedSecret.id').on('version.version', '=', versionFor(botId)),
    )
    .select(['version.secretId', 'version.version', 'version.sealedId'])
    .where('secretUse.workspaceId', '=', workspaceId)
    .where('secretUse.ownerKind', '=', field.ownerKind)
    .where('secretUse.ownerId', '=', field.ownerId)
    .where('secretUse.field', '=', field.field)
    .executeTakeFirst();
  if (!row?.sealedId) return undefined;
  const { secretId, version, sealedId } = row;
  return { secretId, version, value: await readSealed(tx, keys, { workspaceId, sealedId }) };
}

/** A bot that waits for its turn in a rotation has the former value until then. */
function versionFor(botId: string | undefined) {
  const current = sql<number>`named_secret.current_version`;
  if (botId === undefined) return current;
  return sql<number>`coalesce((select rotation.from_version from rotation_bot
    join rotation on rotation.id = rotation_bot.rotation_id
    where rotation_bot.bot_id = ${botId} and rotation.secret_id = named_secret.id
      and rotation.ended_at is null and rotation_bot.state = 'waiting'), ${current})`;
}

/** The current value of a secret, for asking a service alone; refuses when there is no such secret. */
export async function readNamedSecret(
  tx: Tx,
  keys: KeyWrapper,
  { workspaceId, secretId }: { workspaceId: string; secretId: string },
): Promise<string> {
  const value = await currentValue(tx, keys, { workspaceId, secretId });
  if (value === undefined) throw new Refusal('conflict', 'This secret was revoked: give it a new value first');
  return value;
}

/** The same, undefined when it was revoked and has none. */
export async function currentValue(
  tx: Tx,
  keys: KeyWrapper,
  { workspaceId, secretId }: { workspaceId: string; secretId: string },
): Promise<string | undefined> {
  const { version } = await getSecret(tx, secretId);
  const { sealedId } = await tx
    .selectFrom('namedSecretVersion')
    .select('sealedId')
    .where('secretId', '=', secretId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow();
  return sealedId === null ? undefined : readSealed(tx, keys, { workspaceId, sealedId });
}

/** What a field is given: a new value, or a secret that is kept already. */
export type GivenSecret = { value: string } | { secretId: string };

/**
 * Puts a secret behind a field: one that is there, or a new one with this value and a name made of `name`. A new value for
 * a field whose secret nothing else uses is another version of it.
 */
export async function setFieldSecret(
  { tx, caller, plane, record }: CommandContext,
  given: GivenSecret,
  { name, ...field }: SecretField & { name: string },
): Promise<void> {
  const { workspaceId } = caller;
  const { ownerKind, ownerId } = field;
  if ('secretId' in given) {
    refuseUnlessKeeper(caller);
    const secret = await getSecret(tx, given.secretId);
    return attach(tx, { workspaceId, ownerKind, ownerId, field: field.field, secretId: secret.id });
  }
  const ofItsOwn = await secretOfItsOwn(tx, field);
  const author = actorOf(caller);
  if (ofItsOwn) {
    const version = await addVersion(tx, plane.keys, {
      workspaceId,
      secretId: ofItsOwn.id,
      value: given.value,
      author,
    });
    return record({
      type: 'secret-rotated',
      subjectId: ofItsOwn.id,
      subjectName: ofItsOwn.name,
      detail: { version, at: 'once' },
    });
  }
  const secretId = await insertSecretNamed(tx, plane.keys, { workspaceId, name, value: given.value, author });
  await attach(tx, { workspaceId, ownerKind, ownerId, field: field.field, secretId });
  const { name: chosen } = await getSecret(tx, secretId);
  await record({ type: 'secret-created', subjectId: secretId, subjectName: chosen, detail: {} });
}

/** A secret that is attached elsewhere goes to where that is: who may not keep secrets could have it sent to an address of theirs. */
export function refuseUnlessKeeper({ permissions }: SignedIn): void {
  if (!permissions.has('secret:manage'))
    throw new Refusal('forbidden', 'Attaching a secret that is kept already needs the permission secret:manage');
}

async function attach(tx: Tx, use: SecretField & { workspaceId: string; secretId: string }): Promise<void> {
  await tx
    .insertInto('secretUse')
    .values(use)
    .onConflict((conflict) =>
      conflict.columns(['ownerKind', 'ownerId', 'field']).doUpdateSet({ secretId: use.secretId }),
    )
    .execute();
}

/** Not one that follows a source: what is given here would be undone by it. */
async function secretOfItsOwn(tx: Tx, { ownerKind, ownerId, field }: SecretField) {
  return tx
    .selectFrom('secretUse as use')
    .innerJoin('namedSecret', 'namedSecret.id', 'use.secretId')
    .select(['namedSecret.id', 'namedSecret.name'])
    .where('use.ownerKind', '=', ownerKind)
    .where('use.ownerId', '=', ownerId)
    .where('use.field', '=', field)
    .where('namedSecret.source', 'is', null)
    .where(
      sql<boolean>`not exists (select from secret_use other where other.secret_id = use.secret_id
        and (other.owner_kind, other.owner_id, other.field) <> (use.owner_kind, use.owner_id, use.field))`,
    )
    .executeTakeFirst();
}

/** Takes the secrets from an owner that goes; those nothing else uses are deleted with their values. */
export async function releaseSecrets(
  { tx, record }: CommandContext,
  { ownerKind, ownerId }: Omit<SecretField, 'field'>,
): Promise<void> {
  const released = await tx
    .deleteFrom('secretUse')
    .where('ownerKind', '=', ownerKind)
    .where('ownerId', '=', ownerId)
    .returning('secretId')
    .execute();
  for (const id of new Set(released.map(({ secretId }) => secretId))) {
    const secret = await getSecret(tx, id);
    if (secret.uses.length > 0) continue;
    await destroySecret(tx, id);
    await record({
      type: 'secret-deleted',
      subjectId: id,
      subjectName: secret.name,
      detail: { versions: secret.version },
    });
  }
}

/** Deletes a secret's values; that there was one stays, for the trail and for whom it was given to. */
export async function destroySecret(tx: Tx, secretId: string): Promise<void> {
  await destroyVersions(tx, secretId);
  await tx
    .updateTable('namedSecret')
    .set({ deletedAt: sql<Date>`now()` })
    .where('id', '=', secretId)
    .execute();
}

/** Deletes the values of a secret's versions, of all or of those named. */
export async function destroyVersions(tx: Tx, secretId: string, versions?: readonly number[]): Promise<void> {
  const chosen = versions ? sql<boolean>`version = any(${versions}::int[])` : sql<boolean>`true`;
  const rows = await tx
    .selectFrom('namedSecretVersion')
    .select('sealedId')
    .where('secretId', '=', secretId)
    .where(chosen)
    .where('sealedId', 'is not', null)
    .execute();
  await tx
    .updateTable('namedSecretVersion')
    .set({ sealedId: null, revokedAt: sql<Date>`now()` })
    .where('secretId', '=', secretId)
    .where(chosen)
    .where('revokedAt', 'is', null)
    .execute();
  const sealed = rows.map(({ sealedId }) => sealedId);
  await tx
    .deleteFrom('secret')
    .where(sql<boolean>`id = any(${sealed}::uuid[])`)
    .execute();
}
