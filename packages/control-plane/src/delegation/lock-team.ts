import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** One at a time asks in a team and gives its tasks out: what there is of what it limits is counted and added to together. */
export async function lockTeam(tx: Tx, teamId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('clawster team ' || ${teamId}, 0))`.execute(tx);
}
