import type { Passkey } from '@clawster/contract/passkey';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

const now = sql<Date>`now()`;
const told = ['id', 'name', 'createdAt', 'lastUsedAt', 'host', 'device', 'isBackedUp'] as const;

export type NewPasskey = {
  personId: string;
  name: string;
  credentialId: Buffer;
  publicKey: Buffer;
  host: string;
  signCount: number;
  transports: string[];
  device: Passkey['device'];
  isBackedUp: boolean;
};

export async function insertPasskey(tx: Tx, values: NewPasskey): Promise<Passkey> {
  return toPasskey(await tx.insertInto('passkey').values(values).returning(told).executeTakeFirstOrThrow());
}

/** A person's passkeys, the oldest first. */
export async function listPasskeysOf(tx: Tx, personId: string): Promise<Passkey[]> {
  const rows = await tx
    .selectFrom('passkey')
    .select(told)
    .where('personId', '=', personId)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  return rows.map(toPasskey);
}

/** How a browser finds the passkeys of a person. */
export async function describePasskeys(tx: Tx, personId: string, host?: string) {
  let rows = tx.selectFrom('passkey').select(['credentialId', 'transports', 'host']).where('personId', '=', personId);
  if (host) rows = rows.where('host', '=', host);
  return (await rows.execute()).map(({ credentialId, transports }) => ({
    id: credentialId.toString('base64url'),
    transports,
  }));
}

/** A passkey by the id its authenticator gave it, with whose it is. */
export function findPasskey(tx: Tx, credentialId: Buffer) {
  return tx
    .selectFrom('passkey')
    .innerJoin('person', 'person.id', 'passkey.personId')
    .select(['passkey.id', 'passkey.name', 'passkey.host', 'passkey.publicKey', 'passkey.transports'])
    .select(['person.id as personId', 'person.name as personName', 'person.email'])
    .where('credentialId', '=', credentialId)
    .executeTakeFirst();
}

/** Tells that a passkey was used; false when its counter did not go on, as that of a copy does not, or it is gone. */
export async function usePasskey(
  tx: Tx,
  { id, signCount, isBackedUp }: { id: string; signCount: number; isBackedUp: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('passkey')
    .set({ signCount, isBackedUp, lastUsedAt: now })
    .where('id', '=', id)
    // One that keeps no count says 0 always.
    .where((where) =>
      where.or([
        where('signCount', '<', signCount),
        where.and([where('signCount', '=', 0), where.val(signCount === 0)]),
      ]),
    )
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Gives a person's passkey another name; the one it had, or undefined when they have no such passkey. */
export async function renamePasskeyOf(
  tx: Tx,
  { id, personId, name }: { id: string; personId: string; name: string },
): Promise<string | undefined> {
  const held = await tx
    .selectFrom('passkey')
    .select('name')
    .where('id', '=', id)
    .where('personId', '=', personId)
    .forUpdate()
    .executeTakeFirst();
  if (held) await tx.updateTable('passkey').set({ name }).where('id', '=', id).execute();
  return held?.name;
}

/** Deletes a person's passkey; its name, or undefined when they have no such passkey. */
export async function deletePasskey(tx: Tx, id: string, personId: string): Promise<string | undefined> {
  const deleted = await tx
    .deleteFrom('passkey')
    .where('id', '=', id)
    .where('personId', '=', personId)
    .returning('name')
    .executeTakeFirst();
  return deleted?.name;
}

type Told = Pick<Passkey, 'id' | 'name' | 'host' | 'isBackedUp'> & {
  createdAt: Date;
  lastUsedAt: Date | null;
  device: string;
};

function toPasskey({ createdAt, lastUsedAt, device, ...row }: Told): Passkey {
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    ...(lastUsedAt ? { lastUsedAt: lastUsedAt.toISOString() } : {}),
    // The table's check constraint holds this.
    device: device as Passkey['device'],
  };
}
