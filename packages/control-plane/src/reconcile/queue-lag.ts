import { isDatabaseAway } from '@clawster/database/away';
import { sql } from 'kysely';
import { isFree } from '../loops/lease.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';

/** For how long the oldest bot that is due waits to be taken up; not a number while the database cannot say. */
export async function queueLagSeconds(plane: Pick<ControlPlane, 'db'>): Promise<number> {
  try {
    const { lag } = await systemQuery(plane, (tx) =>
      tx
        .selectFrom('bot')
        .select(sql<number>`coalesce(extract(epoch from now() - min(reconcile_at)), 0)::float8`.as('lag'))
        .where('removedAt', 'is', null)
        .where('reconcileAt', '<=', sql<Date>`now()`)
        .where(isFree)
        .executeTakeFirstOrThrow(),
    );
    return lag;
  } catch (error) {
    if (isDatabaseAway(error)) return NaN;
    throw error;
  }
}
