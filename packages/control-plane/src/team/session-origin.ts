import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';
import type { ToolContext } from './team-call.ts';

type Place = { workspaceId: string; botId: string; session: string };

/** Remembers who wrote in a conversation: what it sets going carries no more than the least of all who did. */
export async function notePerson(tx: Tx, place: Place, by: { personId?: string; mayDirect: boolean }): Promise<void> {
  await tx
    .insertInto('sessionOrigin')
    .values({ ...place, kind: 'person', personId: by.personId ?? null, mayDirect: by.mayDirect, untrusted: false })
    .onConflict((conflict) =>
      conflict.columns(['botId', 'session']).doUpdateSet({
        personId: by.personId ?? null,
        mayDirect: sql<boolean>`session_origin.may_direct and ${by.mayDirect}`,
        updatedAt: sql<Date>`now()`,
      }),
    )
    .execute();
}

/** Whether something that people outside wrote is in the conversation; undefined where nothing is known of it. */
export async function isTainted(
  tx: Tx,
  { botId, session }: Pick<Place, 'botId' | 'session'>,
): Promise<boolean | undefined> {
  const origin = await tx
    .selectFrom('sessionOrigin')
    .select('untrusted')
    .where('botId', '=', botId)
    .where('session', '=', session)
    .executeTakeFirst();
  return origin?.untrusted;
}

/** From now on something that people outside wrote is in the conversation, and in all that it sets going. */
export async function taint(tx: Tx, place: Place): Promise<void> {
  await tx
    .insertInto('sessionOrigin')
    // Where nobody is known to have written, nothing may be directed.
    .values({ ...place, kind: 'channel', mayDirect: false, untrusted: true })
    .onConflict((conflict) =>
      conflict.columns(['botId', 'session']).doUpdateSet({ untrusted: true, updatedAt: sql<Date>`now()` }),
    )
    .execute();
}

/** The same of the conversation that a bot calls from. Where nobody knows which it is, it is nobody's that could be trusted. */
export async function taintCaller({ tx, caller }: Pick<ToolContext, 'tx' | 'caller'>): Promise<void> {
  const { workspaceId, botId, session } = caller;
  if (session) await taint(tx, { workspaceId, botId, session });
}
