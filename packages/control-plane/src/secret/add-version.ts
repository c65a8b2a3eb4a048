import type { Actor } from '@clawster/contract/event';
import type { SecretReference } from '@clawster/contract/secret-source';
import { Refusal } from '@clawster/domain/refusal';
import { nextReadSeconds } from '@clawster/domain/secret/source';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import type { KeyWrapper } from './key-wrapper.ts';
import { storeSecret } from './store-secret.ts';

export type NewVersion = {
  workspaceId: string;
  secretId: string;
  value: string;
  author: Actor;
  expiresAt?: string | undefined;
  /** Which version of its source's it is. */
  externalVersion?: string | undefined;
};

/** Keeps another value of a secret, which is the current one from then on; returns its number. Those before it stay. */
export async function addVersion(tx: Tx, keys: KeyWrapper, secret: NewVersion): Promise<number> {
  const { secretId } = secret;
  // Locked, so that of two at once each has a number of its own.
  await tx.selectFrom('namedSecret').select('id').where('id', '=', secretId).forUpdate().executeTakeFirstOrThrow();
  await refuseWhileRotating(tx, secretId);
  const { last } = await tx
    .selectFrom('namedSecretVersion')
    .select(sql<number>`coalesce(max(version), 0)`.as('last'))
    .where('secretId', '=', secretId)
    .executeTakeFirstOrThrow();
  const version = last + 1;
  await insertVersion(tx, keys, { ...secret, version });
  await tx
    .updateTable('namedSecret')
    .set({ currentVersion: version, updatedAt: sql<Date>`now()` })
    .where('id', '=', secretId)
    .execute();
  return version;
}

async function refuseWhileRotating(tx: Tx, secretId: string): Promise<void> {
  const open = await tx
    .selectFrom('rotation')
    .select('id')
    .where('secretId', '=', secretId)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
  if (open) throw new Refusal('conflict', 'A rotation of this secret goes on: wait until it is done, or undo it first');
}

async function insertVersion(tx: Tx, keys: KeyWrapper, secret: NewVersion & { version: number }): Promise<void> {
  const { workspaceId, secretId, value, author, version, expiresAt, externalVersion } = secret;
  const field = `value-${version}`;
  const sealedId = await storeSecret(tx, keys, {
    workspaceId,
    ownerKind: 'named-secret',
    ownerId: secretId,
    field,
    value,
  });
  await tx
    .insertInto('namedSecretVersion')
    .values({
      workspaceId,
      secretId,
      version,
      sealedId,
      author,
      expiresAt: expiresAt ? new Date(expiresAt) : null,
      externalVersion: externalVersion ?? null,
    })
    .execute();
}

export type NewSecret = Omit<NewVersion, 'secretId'> & {
  name: string;
  note?: string | undefined;
  rotateDays?: number | undefined;
  /** Where it was just read, and is followed from now on. */
  source?: SecretReference | undefined;
};

/** Keeps a secret under a name with its first value; refuses when another has the name. Returns its id. */
export async function insertSecret(tx: Tx, keys: KeyWrapper, secret: NewSecret): Promise<string> {
  const { workspaceId, name, note = '', rotateDays = null, source } = secret;
  const followed = source ? { source, sourceReadAt: sql<Date>`now()`, sourceDueAt: firstRead } : {};
  const { id } = await unlessNameTaken('secret', name, () =>
    tx
      .insertInto('namedSecret')
      .values({ workspaceId, name, note, rotateDays, ...followed })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  await insertVersion(tx, keys, { ...secret, secretId: id, version: 1 });
  return id;
}

const firstRead = sql<Date>`now() + make_interval(secs => ${nextReadSeconds(0, 0)})`;

/** The same where nobody chose the name: another number is added until none has it. */
export async function insertSecretNamed(tx: Tx, keys: KeyWrapper, secret: NewSecret): Promise<string> {
  // Room for a number within the longest name there is.
  const wished = secret.name.slice(0, 74);
  const { rows } = await sql<{ name: string }>`select lower(name) as name from named_secret
    where workspace_id = ${secret.workspaceId} and deleted_at is null and starts_with(lower(name), lower(${wished}))`.execute(
    tx,
  );
  const taken = new Set(rows.map(({ name }) => name));
  let name = wished;
  for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${wished} ${number}`;
  return insertSecret(tx, keys, { ...secret, name });
}
