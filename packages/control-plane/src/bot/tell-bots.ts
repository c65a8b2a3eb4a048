import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** A higher generation makes the loop send these bots what they are to have now. */
export async function tellBots(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('bot')
    .set({ generation: sql<number>`generation + 1`, reconcileAt: sql<Date>`now()` })
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
}
