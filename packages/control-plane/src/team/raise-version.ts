import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** The team is another than it was: a change that is based on what it was is refused. */
export async function raiseVersion(tx: Tx, teamId: string): Promise<void> {
  await tx
    .updateTable('team')
    .set({ version: sql<number>`version + 1`, updatedAt: sql<Date>`now()` })
    .where('id', '=', teamId)
    .execute();
}
