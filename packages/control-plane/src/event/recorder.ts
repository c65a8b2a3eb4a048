import assert from 'node:assert/strict';
import type { EventType } from '@clawster/contract/event';
import { compileOnce } from '@clawster/database/compile-once';
import { type RawBuilder, sql } from 'kysely';
import type { Author } from '../caller.ts';
import type { Tenancy, Tx } from '../transaction.ts';

export type NewEvent = { type: EventType; subjectId?: string; subjectName?: string; detail?: Record<string, unknown> };
export type RecordEvent = (event: NewEvent) => Promise<void>;
/** Many facts of one change in one statement. */
export type RecordEvents = (events: NewEvent[]) => Promise<void>;

/** Records what one transaction did, and remembers of what types that was. */
export function recorder(tx: Tx, author: Author, tenancy: Tenancy) {
  const types = new Set<EventType>();
  const sent: Promise<unknown>[] = [];
  const recordAll = async (events: NewEvent[]): Promise<void> => {
    // Nothing of the transaction depends on the answer, so it is looked at in the end.
    const answer = insertEvents(tx, { events, author }, tenancy);
    answer.catch(() => undefined);
    sent.push(answer);
    for (const { type } of events) types.add(type);
  };
  return {
    record: (event: NewEvent) => recordAll([event]),
    recordAll,
    /** The types of what was recorded; a change that recorded nothing is a bug. */
    async finish(): Promise<ReadonlySet<EventType>> {
      await Promise.all(sent);
      assert(types.size > 0, 'A change must record at least one event');
      return types;
    },
  };
}

type Facts = { actor: string; onBehalfOf: string; origin: string; facts: string };

async function insertEvents(tx: Tx, told: { events: NewEvent[]; author: Author }, tenancy: Tenancy): Promise<void> {
  const rows = told.events.map(({ type, subjectId, subjectName, detail }) => ({
    type,
    subject_id: subjectId ?? null,
    subject_name: subjectName ?? null,
    detail: detail ?? {},
  }));
  const { actor, onBehalfOf, origin } = told.author;
  const values = {
    actor: JSON.stringify(actor),
    onBehalfOf: JSON.stringify(onBehalfOf ?? null),
    origin: JSON.stringify(origin ?? null),
    facts: JSON.stringify(rows),
  };
  if (tenancy === 'system') await insertForAll(tx, values);
  else await insertForOne(tx, { ...values, workspaceId: tenancy.workspaceId });
}

const insertForOne = compileOnce((tx, values: Facts & { workspaceId: string }) =>
  insertion(sql`select ${values.workspaceId}::uuid`, values).compile(tx),
);
/** What concerns the whole installation is told to each workspace. */
const insertForAll = compileOnce((tx, told: Facts) => insertion(sql`select id from workspace`, told).compile(tx));

function insertion(workspaceIds: RawBuilder<unknown>, { actor, onBehalfOf, origin, facts }: Facts) {
  return sql`
    insert into event (workspace_id, type, actor, on_behalf_of, origin, subject_id, subject_name, detail)
    select target.id, fact.type, ${actor}::jsonb, nullif(${onBehalfOf}::jsonb, 'null'), nullif(${origin}::jsonb, 'null'),
      fact.subject_id, fact.subject_name, fact.detail
    from (${workspaceIds}) as target (id),
      rows from (jsonb_to_recordset(${facts}::jsonb)
        as (type text, subject_id uuid, subject_name text, detail jsonb)) with ordinality as fact
    order by fact.ordinality`;
}
