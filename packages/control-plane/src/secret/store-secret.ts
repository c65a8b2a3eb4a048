import type { Tx } from '../transaction.ts';
import { openDataKey, type OpenedKey } from './data-key.ts';
import { type Envelope, seal, unseal } from './envelope.ts';
import type { KeyWrapper } from './key-wrapper.ts';

/** Where a secret belongs; together with version and key id this is what its ciphertext is bound to. */
export type SecretPlace = {
  workspaceId: string;
  ownerKind:
    | 'connector'
    | 'bot'
    | 'identity-provider'
    | 'mail-server'
    | 'invitation'
    | 'named-secret'
    | 'notifier'
    | 'target';
  ownerId: string;
  field: string;
};

/** Encrypts and stores a secret, replacing the one before it under a higher version. Returns the id of its row. */
export async function storeSecret(tx: Tx, keys: KeyWrapper, secret: SecretPlace & { value: string }): Promise<string> {
  const { workspaceId, ownerKind, ownerId, field } = secret;
  const before = await tx
    .selectFrom('secret')
    .select('version')
    .forUpdate()
    .where('ownerKind', '=', ownerKind)
    .where('ownerId', '=', ownerId)
    .where('field', '=', field)
    .executeTakeFirst();
  const version = (before?.version ?? 0) + 1;
  const { key, kekId } = await openDataKey(tx, keys, workspaceId);
  const { nonce, ciphertext } = seal(key, Buffer.from(secret.value), boundTo(secret, version, kekId));
  const { id } = await tx
    .insertInto('secret')
    .values({ workspaceId, ownerKind, ownerId, field, version, kekId, nonce, ciphertext })
    .onConflict((conflict) =>
      conflict
        .columns(['ownerKind', 'ownerId', 'field'])
        .doUpdateSet({ version, kekId, nonce, ciphertext, updatedAt: new Date() }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** A secret as it lies in its row. */
export type StoredSecret = SecretPlace & Envelope & { id: string; version: number; kekId: string };

/** The same secret under another data key. */
export function resealSecret(row: StoredSecret, from: OpenedKey, to: OpenedKey): Envelope & { kekId: string } {
  const value = unseal(from.key, row, boundTo(row, row.version, from.kekId));
  const envelope = seal(to.key, value, boundTo(row, row.version, to.kekId));
  value.fill(0);
  return { ...envelope, kekId: to.kekId };
}

/** The parts a secret's ciphertext is bound to. */
export function boundTo(place: SecretPlace, version: number, kekId: string): (string | number)[] {
  return ['secret', place.workspaceId, place.ownerKind, place.ownerId, place.field, version, kekId];
}
