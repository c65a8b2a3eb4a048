import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';
import type { OpenedKey } from './data-key.ts';
import type { KeyWrapper } from './key-wrapper.ts';

type Purpose = 'forwarding' | 'second-factor';

/** What a key is called: one made before keys had names by what wrapped it then. */
export const installationKeyName = sql<string>`coalesce(installation_key.name, installation_key.kek_id)`;

/** In place of the workspace a data key is bound to. */
export const boundToInstallation = (purpose: string): string => `installation:${purpose}`;

/** A key that belongs to the installation rather than to a workspace: made when first asked for, wrapped in the database. */
export async function openInstallationKey(
  plane: Pick<ControlPlane, 'db' | 'keys'>,
  purpose: Purpose,
): Promise<OpenedKey> {
  const row = (await systemQuery(plane, (tx) => current(tx, purpose))) ?? (await makeKey(plane, purpose));
  return open(plane, purpose, row);
}

/** The installation's key of this name, to open what is under it; undefined when there is none. */
export async function findInstallationKey(
  plane: Pick<ControlPlane, 'db' | 'keys'>,
  { purpose, name }: { purpose: Purpose; name: string },
): Promise<OpenedKey | undefined> {
  const row = await systemQuery(plane, (tx) =>
    select(tx, purpose).where(installationKeyName, '=', name).executeTakeFirst(),
  );
  return row && open(plane, purpose, row);
}

/** Retires the key of a purpose for a new one. */
export async function replaceInstallationKey(tx: Tx, keys: KeyWrapper, purpose: 'second-factor'): Promise<void> {
  const made = await keys.wrap(randomBytes(32), boundToInstallation(purpose));
  await tx
    .updateTable('installationKey')
    .set({ retiredAt: sql<Date>`now()` })
    .where('purpose', '=', purpose)
    .where('retiredAt', 'is', null)
    .execute();
  await tx
    .insertInto('installationKey')
    .values({ purpose, name: `key:${randomUUID()}`, ...made })
    .execute();
}

type Row = { kekId: string; wrapped: Buffer; name: string };

async function open({ keys }: Pick<ControlPlane, 'keys'>, purpose: Purpose, row: Row): Promise<OpenedKey> {
  return { key: await keys.unwrap(row.kekId, row.wrapped, boundToInstallation(purpose)), kekId: row.name };
}

/** Of two who make it at once, both get the one that was stored. */
async function makeKey(plane: Pick<ControlPlane, 'db' | 'keys'>, purpose: Purpose): Promise<Row> {
  const made = await plane.keys.wrap(randomBytes(32), boundToInstallation(purpose));
  const row = { ...made, name: made.kekId };
  return keep(plane, async (tx) => {
    await tx
      .insertInto('installationKey')
      .values({ purpose, ...row })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return (await current(tx, purpose)) ?? row;
  });
}

const select = (tx: Tx, purpose: Purpose) =>
  tx
    .selectFrom('installationKey')
    .select(['kekId', 'wrapped', installationKeyName.as('name')])
    .where('purpose', '=', purpose);

const current = (tx: Tx, purpose: Purpose) => select(tx, purpose).where('retiredAt', 'is', null).executeTakeFirst();
