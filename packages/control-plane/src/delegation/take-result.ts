import { sql } from 'kysely';
import { taint } from '../team/session-origin.ts';
import type { Tx } from '../transaction.ts';
import type { DelegationRow } from './delegation-row.ts';

type Taken = Pick<DelegationRow, 'id' | 'workspaceId' | 'fromBotId' | 'fromSession' | 'untrusted'>;

/** Whoever asked has the result: it is told once, and what people outside wrote of it is in that conversation from now on. */
export async function takeResult(tx: Tx, { id, workspaceId, fromBotId, fromSession, untrusted }: Taken): Promise<void> {
  await tx
    .updateTable('delegation')
    .set({ takenAt: sql<Date>`coalesce(taken_at, now())` })
    .where('id', '=', id)
    .execute();
  await tx.deleteFrom('botTell').where('delegationId', '=', id).where('batch', 'is', null).execute();
  await taintAsker(tx, { workspaceId, fromBotId, fromSession, untrusted });
}

/** What people outside wrote is in the conversation of whoever asked: before it is told there, for what comes of it comes at once. */
export async function taintAsker(
  tx: Tx,
  { workspaceId, fromBotId, fromSession, untrusted }: Omit<Taken, 'id'>,
): Promise<void> {
  if (untrusted && fromBotId && fromSession) await taint(tx, { workspaceId, botId: fromBotId, session: fromSession });
}
