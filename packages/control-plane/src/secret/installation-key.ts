import { randomBytes } from 'node:crypto';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';

type Purpose = 'forwarding' | 'second-factor';

/** A key that belongs to the installation rather than to a workspace: made when first asked for, wrapped in the database. */
export async function openInstallationKey(
  { db, keys }: Pick<ControlPlane, 'db' | 'keys'>,
  purpose: Purpose,
): Promise<{ key: Buffer; kekId: string }> {
  // In place of the workspace a data key is bound to.
  const boundTo = `installation:${purpose}`;
  const { kekId, wrapped } =
    (await systemQuery({ db }, (tx) => find(tx, purpose))) ??
    (await makeKey({ db }, { purpose, kekId: keys.id, wrapped: await keys.wrap(randomBytes(32), boundTo) }));
  return { key: await keys.unwrap(kekId, wrapped, boundTo), kekId };
}

/** Of two who make it at once, both get the one that was stored. */
function makeKey(
  plane: Pick<ControlPlane, 'db'>,
  key: { purpose: Purpose; kekId: string; wrapped: Buffer },
): Promise<{ kekId: string; wrapped: Buffer }> {
  return keep(plane, async (tx) => {
    await tx
      .insertInto('installationKey')
      .values(key)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return (await find(tx, key.purpose)) ?? key;
  });
}

function find(tx: Tx, purpose: Purpose) {
  return tx
    .selectFrom('installationKey')
    .select(['kekId', 'wrapped'])
    .where('purpose', '=', purpose)
    .executeTakeFirst();
}
