import type { AuditVerification } from '@clawster/contract/audit';
import type { EventFilter, EventRecord } from '@clawster/contract/event';
import { outcomeOf } from '@clawster/contract/event-outcome';
import type { Handler, World } from './world.ts';

export const auditHandlers: Record<string, Handler> = {
  'events.list': (world: World, input: EventsAsked) => listEvents(world, input),
  'audit.verify': (world: World) => verification(world),
};

type EventsAsked = EventFilter & { cursor?: string; limit: number };

function listEvents({ events }: World, { cursor, limit, ...filter }: EventsAsked) {
  const matching = events.filter((event) => fits(event, filter)).toReversed();
  const from = Number(cursor ?? 0);
  const next = from + limit;
  return {
    items: matching.slice(from, next).map((event) => ({ ...event, sealed: true })),
    total: matching.length,
    ...(next < matching.length ? { nextCursor: String(next) } : {}),
  };
}

function fits(event: EventRecord, { type, noun, actorKind, outcome, search, since }: EventFilter): boolean {
  return (
    (!type || event.type === type) &&
    (!noun || event.type.startsWith(`${noun}-`)) &&
    (!actorKind || event.actor.kind === actorKind) &&
    (!outcome || outcomeOf(event) === outcome) &&
    (!since || event.at >= since) &&
    (!search || JSON.stringify(event).toLowerCase().includes(search.toLowerCase()))
  );
}

async function* verification({ events }: World): AsyncGenerator<AuditVerification> {
  const edited = events.findIndex(({ subjectName }) => subjectName === 'forged');
  const counts = { seals: 3, events: events.length };
  yield { type: 'progress', ...counts };
  if (edited >= 0)
    yield {
      type: 'finding',
      finding: { kind: 'event-edited', event: edited, sentence: `Event ${edited} was changed after it was sealed` },
    };
  yield { type: 'done', sound: edited < 0, findings: edited < 0 ? 0 : 1, forgotten: 0, unsealed: 0, ...counts };
}
