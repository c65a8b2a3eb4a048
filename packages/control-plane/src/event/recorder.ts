import assert from 'node:assert/strict';
import { eventNoun } from '@clawster/contract/event-noun';
import type { Actor, EventType } from '@clawster/contract/event';
import { sql } from 'kysely';
import type { Tenancy, Tx } from '../transaction.ts';

export type NewEvent = { type: EventType; subjectId?: string; subjectName?: string; detail?: Record<string, unknown> };
export type RecordEvent = (event: NewEvent) => Promise<void>;

/** Records what one transaction did, and remembers the nouns that are to be woken once it is committed. */
export function recorder(tx: Tx, actor: Actor, tenancy: Tenancy) {
  const nouns = new Set<string>();
  return {
    async record(event: NewEvent): Promise<void> {
      await insertEvent(tx, { ...event, actor }, tenancy);
      nouns.add(eventNoun(event.type));
    },
    /** The nouns of what was recorded; a change that recorded nothing is a bug. */
    finish(): string[] {
      assert(nouns.size > 0, 'A change must record at least one event');
      return [...nouns];
    },
  };
}

/** What concerns the whole installation is told to each workspace. */
async function insertEvent(tx: Tx, event: NewEvent & { actor: Actor }, tenancy: Tenancy): Promise<void> {
  const workspaceIds = tenancy === 'system' ? sql`select id from workspace` : sql`select ${tenancy.workspaceId}::uuid`;
  await sql`
    insert into event (workspace_id, type, actor, subject_id, subject_name, detail)
    select target.id, ${event.type}, ${JSON.stringify(event.actor)}::jsonb, ${event.subjectId ?? null}::uuid,
      ${event.subjectName ?? null}, ${JSON.stringify(event.detail ?? {})}::jsonb
    from (${workspaceIds}) as target (id)`.execute(tx);
}
