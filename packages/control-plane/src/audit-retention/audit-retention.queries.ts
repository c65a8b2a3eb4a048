import type { AuditRetention } from '@clawster/contract/audit-retention';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** How a workspace keeps its events; what it never set is kept for ever. */
export async function findRetention(tx: Tx, workspaceId: string) {
  const row = await tx
    .selectFrom('auditRetention')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirst();
  return row ?? { days: null, markedNumber: 0, forgottenNumber: 0 };
}

/** As it is told, with how many events are older than these days, or than those kept. */
export async function toldRetention(tx: Tx, workspaceId: string, asked?: number): Promise<AuditRetention> {
  const { days, forgottenNumber } = await findRetention(tx, workspaceId);
  const about = asked ?? days;
  const until = forgottenNumber === 0 ? undefined : await sealedAt(tx, workspaceId, forgottenNumber);
  return {
    ...(days === null ? {} : { days }),
    ...(until ? { forgottenUntil: until.toISOString() } : {}),
    due: about === null ? 0 : await countOlder(tx, workspaceId, { after: forgottenNumber, days: about }),
  };
}

async function sealedAt(tx: Tx, workspaceId: string, number: number): Promise<Date | undefined> {
  const seal = await tx
    .selectFrom('auditSeal')
    .select('at')
    .where('workspaceId', '=', workspaceId)
    .where('number', '=', number)
    .executeTakeFirst();
  return seal?.at;
}

/** Counted by the seals, which are few beside the events. */
async function countOlder(tx: Tx, workspaceId: string, { after, days }: { after: number; days: number }) {
  const { events } = await tx
    .selectFrom('auditSeal')
    .select(sql<number>`coalesce(sum(cardinality(event_ids)), 0)::int`.as('events'))
    .where('workspaceId', '=', workspaceId)
    .where('number', '>', after)
    .where('at', '<', sql<Date>`now() - make_interval(days => ${days})`)
    .executeTakeFirstOrThrow();
  return events;
}

/** Marks are a day apart, so that they do not fill the trail themselves. */
const markDays = 1;
/** So many seals are marked at a time, at most. */
const markedAtOnce = 100_000;

/** Workspaces with something to mark, or to delete that is marked, at a time. */
export function workspacesToForget(tx: Tx, asOf: Date) {
  return tx
    .selectFrom('auditRetention')
    .select('workspaceId')
    .select(hasOld(asOf).as('isToMark'))
    .where((where) => where.or([hasOld(asOf), where('forgottenNumber', '<', where.ref('markedNumber'))]))
    .execute();
}

/** The first seal that is not marked is old enough; false where all is kept. */
function hasOld(asOf: Date): RawBuilder<boolean> {
  return sql<boolean>`coalesce((
    select at < ${asOf}::timestamptz - make_interval(days => days + ${markDays}) from audit_seal
    where audit_seal.workspace_id = audit_retention.workspace_id and number > marked_number
    order by number limit 1), false)`;
}

/** Marks all that is older than the workspace keeps, so that no other replica does too; undefined when nothing is. */
export async function claimMark(tx: Tx, workspaceId: string, asOf: Date) {
  const { rows } = await sql<{ number: number; events: number; at: Date }>`
    with kept as (select days, marked_number from audit_retention
        where workspace_id = ${workspaceId} and days is not null for update),
      next as (select number, at, cardinality(event_ids) as events from audit_seal
        where workspace_id = ${workspaceId} and number > (select marked_number from kept)
        order by number limit ${markedAtOnce}),
      old as (select * from next where at < ${asOf}::timestamptz - make_interval(days => (select days from kept))),
      marked as (select max(number) as number, max(at) as at, sum(events)::int as events from old)
    update audit_retention set marked_number = marked.number from marked
    where workspace_id = ${workspaceId} and marked.number is not null
    returning marked.number::int, marked.events, marked.at`.execute(tx);
  return rows[0];
}

/** So many seals' events are deleted at a time: ten thousand at most. */
const sealsAtOnce = 20;

/** Deletes the next events that are marked; whether there are more. The only task that deletes events. */
export async function forgetNext(tx: Tx, workspaceId: string): Promise<boolean> {
  await sql`select set_config('clawster.retention', 'on', true)`.execute(tx);
  const { rows } = await sql<{ isMore: boolean }>`
    with held as (
        select forgotten_number as after, least(marked_number, forgotten_number + ${sealsAtOnce}) as up_to
        from audit_retention where workspace_id = ${workspaceId} and forgotten_number < marked_number
        for update skip locked),
      gone as (delete from event where workspace_id = ${workspaceId} and id in (
        select unnest(event_ids) from audit_seal, held
        where workspace_id = ${workspaceId} and number > held.after and number <= held.up_to))
    update audit_retention set forgotten_number = held.up_to from held where workspace_id = ${workspaceId}
    returning held.up_to < marked_number as is_more`.execute(tx);
  return rows[0]?.isMore ?? false;
}
