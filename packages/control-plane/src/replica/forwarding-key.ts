import { randomBytes } from 'node:crypto';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';

const purpose = 'forwarding';
/** In place of the workspace a data key is bound to. */
const boundTo = 'installation:forwarding';

/** The key by which the replicas of this installation know each other: made by the first, wrapped in the database. */
export async function openForwardingKey({ db, keys }: Pick<ControlPlane, 'db' | 'keys'>): Promise<Buffer> {
  const wrapped = await keys.wrap(randomBytes(32), boundTo);
  const row = await keep({ db }, async (tx) => {
    await tx
      .insertInto('installationKey')
      .values({ purpose, kekId: keys.id, wrapped })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return tx
      .selectFrom('installationKey')
      .select(['kekId', 'wrapped'])
      .where('purpose', '=', purpose)
      .executeTakeFirstOrThrow();
  });
  return keys.unwrap(row.kekId, row.wrapped, boundTo);
}
