import { sql } from 'kysely';
import type { Tx } from './transaction.ts';

/** The time all agree on: that of the database, when this transaction began. A server's own clock may be wrong. */
export async function databaseNow(tx: Tx): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select now() as now`.execute(tx);
  return rows[0]?.now ?? new Date();
}
