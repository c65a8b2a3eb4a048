import assert from 'node:assert/strict';
import { eventNoun } from '@clawster/contract/event-noun';
import type { Actor, EventType } from '@clawster/contract/event';
import { sql } from 'kysely';
import type { Tenancy, Tx } from '../transaction.ts';

export type NewEvent = { type: EventType; subjectId?: string; subjectName?: string; detail?: Record<string, unknown> };
export type RecordEvent = (event: NewEvent) => Promise<void>;
/** Many facts of one change in one statement. */
export type RecordEvents = (events: NewEvent[]) => Promise<void>;

/** Records what one transaction did, and remembers the nouns that are to be woken once it is committed. */
export function recorder(tx: Tx, actor: Actor, tenancy: Tenancy) {
  const nouns = new Set<string>();
  return {
    async record(event: NewEvent): Promise<void> {
      await insertEvents(tx, { events: [event], actor }, tenancy);
      nouns.add(eventNoun(event.type));
    },
    async recordAll(events: NewEvent[]): Promise<void> {
      await insertEvents(tx, { events, actor }, tenancy);
      for (const { type } of events) nouns.add(eventNoun(type));
    },
    /** The nouns of what was recorded; a change that recorded nothing is a bug. */
    finish(): string[] {
      assert(nouns.size > 0, 'A change must record at least one event');
      return [...nouns];
    },
  };
}

/** What concerns the whole installation is told to each workspace. */
async function insertEvents(tx: Tx, told: { events: NewEvent[]; actor: Actor }, tenancy: Tenancy): Promise<void> {
  const workspaceIds = tenancy === 'system' ? sql`select id from workspace` : sql`select ${tenancy.workspaceId}::uuid`;
  const rows = told.events.map(({ type, subjectId, subjectName, detail }) => ({
    type,
    subject_id: subjectId ?? null,
    subject_name: subjectName ?? null,
    detail: detail ?? {},
  }));
  await sql`
    insert into event (workspace_id, type, actor, subject_id, subject_name, detail)
    select target.id, fact.type, ${JSON.stringify(told.actor)}::jsonb, fact.subject_id, fact.subject_name, fact.detail
    from (${workspaceIds}) as target (id),
      rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as (type text, subject_id uuid, subject_name text, detail jsonb)) with ordinality as fact
    order by fact.ordinality`.execute(tx);
}
