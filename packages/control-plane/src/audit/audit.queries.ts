import type { AuditedEvent } from '@clawster/domain/audit/canonical';
import type { Place, Seal } from '@clawster/domain/audit/seal';
import { sql } from 'kysely';
import { settled } from '../event/event.queries.ts';
import type { Tx } from '../transaction.ts';

/** An event as it is sealed, with its place. */
export type PlacedEvent = { event: AuditedEvent; xid: string };

/** To the microsecond: a Date would not see a change of less than a millisecond. */
const atText = sql<string>`to_char(event.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

function sealable(tx: Tx) {
  return tx
    .selectFrom('event')
    .select(['event.xid', 'event.id', 'event.workspaceId', 'event.type', 'event.actor', 'event.onBehalfOf'])
    .select(['event.origin', 'event.subjectId', 'event.subjectName', 'event.detail', atText.as('at')]);
}
type Row = Awaited<ReturnType<ReturnType<typeof sealable>['execute']>>[number];

function toPlaced({ xid, ...event }: Row): PlacedEvent {
  return { xid, event };
}

/** The next settled events of all workspaces, in order. */
export async function eventsToSeal(tx: Tx, after: Place, limit: number): Promise<PlacedEvent[]> {
  const rows = await sealable(tx)
    .where(sql<boolean>`(xid, id) > (${after.xid}::xid8, ${after.id}::bigint)`)
    .where(settled)
    .orderBy('xid')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(toPlaced);
}

/** Settled events of all workspaces that no seal is about: for a restored copy, where places do not tell. */
export async function eventsInNoSeal(tx: Tx, after: Place, limit: number): Promise<PlacedEvent[]> {
  const rows = await sealable(tx)
    .leftJoin(sql<{ sealedId: number }>`(select unnest(event_ids) as sealed_id from audit_seal)`.as('sealed'), (join) =>
      join.onRef('sealed.sealedId', '=', 'event.id'),
    )
    .where('sealed.sealedId', 'is', null)
    .where(sql<boolean>`(xid, id) > (${after.xid}::xid8, ${after.id}::bigint)`)
    .where(settled)
    .orderBy('xid')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(toPlaced);
}

/** How far this copy has sealed, over all workspaces; undefined when it has not begun. */
export async function reachedPlace(tx: Tx, epoch: number): Promise<Place | undefined> {
  const row = await tx
    .selectFrom('auditSeal')
    .select(['lastXid', 'lastId'])
    .where('epoch', '=', epoch)
    .orderBy('lastXid', 'desc')
    .orderBy('lastId', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { xid: String(row.lastXid), id: row.lastId };
}

export async function hasSeals(tx: Tx): Promise<boolean> {
  return (await tx.selectFrom('auditSeal').select('number').limit(1).executeTakeFirst()) !== undefined;
}

const sealColumns = [
  'workspaceId',
  'number',
  'at',
  'epoch',
  'lastXid',
  'lastId',
  'eventIds',
  'eventHashes',
  'previousHash',
  'hash',
  'keyId',
  'signature',
] as const;
type SealRow = {
  workspaceId: string;
  number: number;
  at: Date;
  epoch: number;
  lastXid: number;
  lastId: number;
  eventIds: string[];
  eventHashes: Buffer;
  previousHash: Buffer;
  hash: Buffer;
  keyId: string;
  signature: Buffer;
};

/** The next seals of a workspace. */
export async function sealsAfter(
  tx: Tx,
  workspaceId: string,
  { number, limit }: { number: number; limit: number },
): Promise<Seal[]> {
  const rows = await tx
    .selectFrom('auditSeal')
    .select(sealColumns)
    .where('workspaceId', '=', workspaceId)
    .where('number', '>', number)
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows.map(toSeal);
}

/** The last seal of a workspace, or the one of this number. */
export async function findSeal(tx: Tx, workspaceId: string, number?: number): Promise<Seal | undefined> {
  let select = tx.selectFrom('auditSeal').select(sealColumns).where('workspaceId', '=', workspaceId);
  if (number !== undefined) select = select.where('number', '=', number);
  const row = await select.orderBy('number', 'desc').limit(1).executeTakeFirst();
  return row && toSeal(row);
}

export async function insertSeals(tx: Tx, seals: Seal[]): Promise<void> {
  await tx.insertInto('auditSeal').values(seals.map(toRow)).execute();
}

const hashBytes = 32;

function toSeal({ lastXid, lastId, eventIds, eventHashes, signature, ...row }: SealRow): Seal {
  return {
    ...row,
    at: row.at.toISOString(),
    last: { xid: String(lastXid), id: lastId },
    eventIds: eventIds.map(Number),
    // As many as there are bytes for: one that was cut short matches no event.
    eventHashes: Array.from({ length: Math.ceil(eventHashes.length / hashBytes) }, (_, index) =>
      eventHashes.toString('hex', index * hashBytes, (index + 1) * hashBytes),
    ),
    previousHash: row.previousHash.toString('hex'),
    hash: row.hash.toString('hex'),
    signature: signature.toString('base64url'),
  };
}

function toRow({ last, ...seal }: Seal) {
  return {
    ...seal,
    lastXid: Number(last.xid),
    lastId: last.id,
    eventHashes: Buffer.from(seal.eventHashes.join(''), 'hex'),
    previousHash: Buffer.from(seal.previousHash, 'hex'),
    hash: Buffer.from(seal.hash, 'hex'),
    signature: Buffer.from(seal.signature, 'base64url'),
  };
}

/** The events of these numbers that are there. */
export async function eventsOf(tx: Tx, workspaceId: string, ids: number[]): Promise<PlacedEvent[]> {
  const rows = await sealable(tx)
    .where('workspaceId', '=', workspaceId)
    .where(sql<boolean>`id = any(${ids}::bigint[])`)
    .execute();
  return rows.map(toPlaced);
}

/** The numbers of a workspace's events in (after, upTo]. */
export async function eventIdsBetween(
  tx: Tx,
  workspaceId: string,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<number[]> {
  const rows = await tx
    .selectFrom('event')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('id', '>', after)
    .where('id', '<=', upTo)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

export type Unsealed = { id: number; xid: string; type: string; at: string; isDue: boolean };

/** Of a workspace's events those after a number, and these: with whether they should have been sealed by now. */
export async function eventsBeyond(
  tx: Tx,
  workspaceId: string,
  { after, or, limit }: { after: number; or: number[]; limit: number },
): Promise<Unsealed[]> {
  return tx
    .selectFrom('event')
    .select(['id', 'xid', 'type', atText.as('at')])
    .select(sql<boolean>`event.at not between now() - interval '1 min' and now() + interval '1 min'`.as('isDue'))
    .where('workspaceId', '=', workspaceId)
    .where((where) => where.or([where('id', '>', after), sql<boolean>`id = any(${or}::bigint[])`]))
    .orderBy('id')
    .limit(limit)
    .execute();
}
