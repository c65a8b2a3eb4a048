import { Actor, type EventFilter, type EventRecord, EventType, Origin } from '@clawster/contract/event';
import { sql } from 'kysely';
import { z } from 'zod';
import { isReached } from '../access/is-reached.ts';
import type { Place, Tx } from '../transaction.ts';
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
  { limit, ...filter }: Partial<Filter> & { limit: number },
): Promise<StoredEvent[]> {
  const select = filtered(tx, filter)
    .select(columns)
    .where(sql<boolean>`(xid, id) > (${after.xid}::xid8, ${after.id}::bigint)`)
    .where(settled)
    .orderBy('xid')
    .orderBy('id')
    .limit(limit);
  return (await select.execute()).map(toStored);
}

/** What is known of an event at once, before its place in the order is. */
export type CommittedEvent = { type: EventType; subjectId: string | null; workspaceId: string };

/** What of these types was committed since that snapshot, and the one to ask from next; without one, nothing yet. */
export async function committedSince(
  tx: Tx,
  snapshot: string | undefined,
  types: EventType[],
): Promise<{ events: CommittedEvent[]; snapshot: string }> {
  const { rows } = await sql<{ snapshot: string } & { [Key in keyof CommittedEvent]: CommittedEvent[Key] | null }>`
    select now.snapshot, event.type, event.subject_id, event.workspace_id
    from (select pg_current_snapshot()::text as snapshot) as now
    left join event on event.xid >= pg_snapshot_xmin(${snapshot ?? null}::pg_snapshot)
      and not pg_visible_in_snapshot(event.xid, ${snapshot ?? null}::pg_snapshot)
      and event.type = any(${types})`.execute(tx);
  const events = rows.filter((row): row is { snapshot: string } & CommittedEvent => row.type !== null);
  return { events, snapshot: rows[0]?.snapshot ?? '' };
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

type Filter = EventFilter & Place;

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

function filtered(tx: Tx, { workspaceId, reach, outcome, search, ...filter }: Partial<Filter>) {
  let select = tx.selectFrom('event');
  if (reach) select = select.where('subjectId', 'in', tx.selectFrom('bot').select('id').where(isReached(reach)));
  if (workspaceId) select = select.where('workspaceId', '=', workspaceId);
  if (filter.subjectId) select = select.where('subjectId', '=', filter.subjectId);
  if (filter.type) select = select.where('type', '=', filter.type);
  if (filter.noun) select = select.where('type', 'like', `${filter.noun}-%`);
  if (filter.actorKind) select = select.where(isByKind(filter.actorKind));
  if (filter.actorId) select = select.where(isBy(filter.actorId));
  if (filter.since) select = select.where('at', '>=', sql<Date>`${filter.since}::timestamptz`);
  if (filter.until) select = select.where('at', '<', sql<Date>`${filter.until}::timestamptz`);
  if (outcome) select = select.where(came[outcome]);
  if (search) select = select.where(says(search));
  return select;
}

/** A service account acts by its keys alone. */
const byServiceAccount = sql<boolean>`on_behalf_of->>'kind' = 'service-account'`;
const isByKind = (kind: string) =>
  kind === 'service-account' ? byServiceAccount : sql<boolean>`actor->>'kind' = ${kind}`;
const isBy = (id: string) =>
  sql<boolean>`(actor->>'id' = ${id} or (${byServiceAccount} and on_behalf_of->>'id' = ${id}))`;

const isRefused = sql<boolean>`type like '%-refused'`;
const isFailed = sql<boolean>`(type like '%-phase-changed' and detail->>'to' = 'failed')`;
/** As `outcomeOf` in the contract; a detail that says nothing of it is `null` in SQL, and so neither. */
const came = {
  refused: isRefused,
  failed: isFailed,
  done: sql<boolean>`(${isRefused} or ${isFailed}) is not true`,
};

/** In capitals or not; what stands for other letters in SQL stands for itself. */
function says(search: string) {
  const pattern = `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return sql<boolean>`concat_ws(' ', type, actor->>'name', actor->>'job', on_behalf_of->>'name', subject_name, subject_id,
    origin->>'address', origin->>'userAgent', origin->>'requestId', detail::text) ilike ${pattern}`;
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
