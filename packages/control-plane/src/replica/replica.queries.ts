import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** A replica that was not seen for so long is dead, and its links are nobody's. */
export const silentSecondsMax = 15;

export type Replica = { id: string; internalUrl: string };
/** What a replica says of itself. */
export type Self = Replica & { reconciles: boolean };
export type HeldLink = { botId: string; epoch: number };

/** Whether a replica was seen lately. */
export const isAlive = sql<boolean>`replica.last_seen_at > now() - make_interval(secs => ${silentSecondsMax})`;

export type Beat = {
  /** The database's time, which all replicas share. */
  at: Date;
  /** Whether this replica was seen without a gap: one that was away cannot tell whether the others were, too. */
  unbroken: boolean;
};

/** Says that this replica lives. */
export async function beat(tx: Tx, { id, internalUrl, reconciles }: Self): Promise<Beat> {
  const before = await tx.selectFrom('replica').select(isAlive.as('alive')).where('id', '=', id).executeTakeFirst();
  const { at } = await tx
    .insertInto('replica')
    .values({ id, internalUrl, reconciles })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ internalUrl, reconciles, lastSeenAt: sql<Date>`now()` }),
    )
    .returning('lastSeenAt as at')
    .executeTakeFirstOrThrow();
  return { at, unbroken: before?.alive === true };
}

/** The replicas that live, but this one. */
export function otherReplicas(tx: Tx, id: string): Promise<Replica[]> {
  return tx.selectFrom('replica').select(['id', 'internalUrl']).where('id', '<>', id).where(isAlive).execute();
}

/** Which of how many replicas that reconcile this one is, counted from 0. */
export type Share = { workers: number; nth: number };

/** The share of this replica in what all that reconcile do together; undefined when it is not known to live. */
export async function shareOf(tx: Tx, id: string): Promise<Share | undefined> {
  const { rows } = await sql<Share>`
    select workers, nth from (
      select id, count(*) over ()::int as workers, (row_number() over (order by id) - 1)::int as nth
      from replica where reconciles and ${isAlive}) as share
    where id = ${id}`.execute(tx);
  return rows[0];
}

/** The living replica, other than this one, that holds the bot's link. */
export function holderElsewhere(tx: Tx, botId: string, id: string): Promise<Replica | undefined> {
  return tx
    .selectFrom('link')
    .innerJoin('replica', 'replica.id', 'link.replica')
    .select(['replica.id', 'replica.internalUrl'])
    .where('link.botId', '=', botId)
    .where('replica.id', '<>', id)
    .where(isAlive)
    .executeTakeFirst();
}

/** Deletes dead replicas and forgets their links, so that their bots are looked at and told as they are. */
export async function forgetDeadReplicas(tx: Tx): Promise<string[]> {
  // One at a time: two that forget the same links could block each other.
  const { rows } = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('clawster replicas')) as free`.execute(tx);
  if (!rows[0]?.free) return [];
  const dead = await tx
    .deleteFrom('replica')
    .where('lastSeenAt', '<=', sql<Date>`now() - make_interval(secs => ${silentSecondsMax})`)
    .returning('id')
    .execute();
  const orphans = await tx
    .selectFrom('link')
    .select('botId')
    .where('replica', 'is not', null)
    .where('replica', 'not in', (query) => query.selectFrom('replica').select('id'))
    .execute();
  const botIds = orphans.map(({ botId }) => botId);
  await lookAt(tx, botIds);
  if (botIds.length > 0)
    await tx
      .updateTable('link')
      .set({ replica: null, disconnectedAt: sql<Date>`now()` })
      .where('botId', 'in', botIds)
      .where('replica', 'not in', (query) => query.selectFrom('replica').select('id'))
      .execute();
  return dead.map(({ id }) => id);
}

/** Makes the rows say what this replica really holds, after others had given it up. Returns the links that have passed to another. */
export async function reclaimLinks(tx: Tx, held: HeldLink[], id: string): Promise<HeldLink[]> {
  const ours = sql`unnest(${held.map((one) => one.botId)}::uuid[], ${held.map((one) => one.epoch)}::int[]) as held (bot_id, epoch)`;
  const truth = sql`
    select link.bot_id, link.epoch, ${id}::text as replica, null::timestamptz as disconnected_at from link
      join ${ours} using (bot_id, epoch) where link.replica is null
    union all
    -- Only what has long been open: a handshake under way is held in a moment.
    select link.bot_id, link.epoch, null, now() from link left join ${ours} using (bot_id, epoch)
      where link.replica = ${id} and held.bot_id is null and link.connected_at < now() - interval '10 s'`;
  const { rows: wrong } = await sql<{ botId: string }>`${truth}`.execute(tx);
  if (wrong.length > 0) {
    await lookAt(
      tx,
      wrong.map(({ botId }) => botId),
    );
    await sql`
      update link set replica = truth.replica, disconnected_at = truth.disconnected_at
      from (${truth}) as truth where link.bot_id = truth.bot_id and link.epoch = truth.epoch`.execute(tx);
  }
  const { rows } = await sql<HeldLink>`
    select held.bot_id, held.epoch from ${ours} left join link on link.bot_id = held.bot_id
    where link.epoch is distinct from held.epoch or link.replica is distinct from ${id}`.execute(tx);
  return rows;
}

/** Takes this replica out, with the links it held: it stops. */
export async function leave(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('link')
    .set({ replica: null, disconnectedAt: sql<Date>`now()` })
    .where('replica', '=', id)
    .execute();
  await tx.deleteFrom('replica').where('id', '=', id).execute();
}

/** Before anything is done to their links: whoever dials in or leaves takes the bot first, too, and none waits for another in a ring. */
async function lookAt(tx: Tx, botIds: string[]): Promise<void> {
  if (botIds.length === 0) return;
  await tx.selectFrom('bot').select('id').where('id', 'in', botIds).orderBy('id').forNoKeyUpdate().execute();
  await tx
    .updateTable('bot')
    .set({ reconcileAt: sql<Date>`now()` })
    .where('id', 'in', botIds)
    .execute();
}
