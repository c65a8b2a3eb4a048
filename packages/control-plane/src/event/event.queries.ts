import { Actor, type EventRecord, EventType, Origin } from '@clawster/contract/event';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '../transaction.ts';
import { type Cursor, formatCursor } from './cursor.ts';

const columns = [
  'xid',
  'id',
  'workspaceId',
  'at',
  'type',
  'actor',
  'onBehalfOf',
  'origin',
  'subjectId',
  'subjectName',
  'detail',
] as const;
type Row = {
  xid: string;
  id: number;
  workspaceId: string;
  at: Date;
  type: string;
  actor: unknown;
  onBehalfOf: unknown;
  origin: unknown;
  subjectId: string | null;
  subjectName: string | null;
  detail: unknown;
};

/** An event as it stands in the order, with whose it is. */
export type StoredEvent = { cursor: Cursor; workspaceId: string; record: EventRecord };

/** Events that can no longer be overtaken: every transaction numbered below the oldest one still open is settled. */
export const settled = sql<boolean>`xid < pg_snapshot_xmin(pg_current_snapshot())`;

/** The next settled events in order, of one workspace or of all. */
export async function eventsAfter(
  tx: Tx,
  after: Cursor,
  options: { workspaceId?: string; limit: number },
): Promise<StoredEvent[]> {
  let select = tx
    .selectFrom('event')
    .select(columns)
    .where(sql<boolean>`(xid, id) > (${after.xid}::xid8, ${after.id}::bigint)`)
    .where(settled)
    .orderBy('xid')
    .orderBy('id')
    .limit(options.limit);
  if (options.workspaceId) select = select.where('workspaceId', '=', options.workspaceId);
  return (await select.execute()).map(toStored);
}

/** The end of what is settled: whatever is recorded from now on comes after it. */
export async function settledEnd(tx: Tx): Promise<Cursor> {
  const last = await tx
    .selectFrom('event')
    .select(['xid', 'id'])
    .where(settled)
    .orderBy('xid', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last ?? { xid: '0', id: 0 };
}

type Filter = { workspaceId: string; subjectId?: string | undefined; type?: string | undefined };

/** Newest first, from just before `before`. */
export async function eventsBefore(
  tx: Tx,
  filter: Filter,
  page: { before?: Cursor | undefined; limit: number },
): Promise<StoredEvent[]> {
  let select = filtered(tx, filter).select(columns).orderBy('xid', 'desc').orderBy('id', 'desc').limit(page.limit);
  if (page.before)
    select = select.where(sql<boolean>`(xid, id) < (${page.before.xid}::xid8, ${page.before.id}::bigint)`);
  return (await select.execute()).map(toStored);
}

export async function countEvents(tx: Tx, filter: Filter): Promise<number> {
  const { count } = await filtered(tx, filter)
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

function filtered(tx: Tx, { workspaceId, subjectId, type }: Filter) {
  let select = tx.selectFrom('event').where('workspaceId', '=', workspaceId);
  if (subjectId) select = select.where('subjectId', '=', subjectId);
  if (type) select = select.where('type', '=', type);
  return select;
}

const Detail = z.record(z.string(), z.unknown());

function toStored(row: Row): StoredEvent {
  const cursor = { xid: row.xid, id: row.id };
  return {
    cursor,
    workspaceId: row.workspaceId,
    record: {
      id: formatCursor(cursor),
      at: row.at.toISOString(),
      type: EventType.parse(row.type),
      actor: Actor.parse(row.actor),
      ...(row.onBehalfOf === null ? {} : { onBehalfOf: Actor.parse(row.onBehalfOf) }),
      ...(row.origin === null ? {} : { origin: Origin.parse(row.origin) }),
      ...(row.subjectId === null ? {} : { subjectId: row.subjectId }),
      ...(row.subjectName === null ? {} : { subjectName: row.subjectName }),
      detail: Detail.parse(row.detail),
    },
  };
}
