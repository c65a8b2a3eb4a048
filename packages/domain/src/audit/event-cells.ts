import type { Actor, EventRecord } from '@clawster/contract/event';
import { outcomeOf } from '@clawster/contract/event-outcome';

/** The columns of events in a table. */
export const eventHead = [
  'id',
  'at',
  'type',
  'outcome',
  'actor',
  'actor id',
  'on behalf of',
  'subject',
  'subject id',
  'address',
  'user agent',
  'request id',
  'detail',
] as const;

/** An event in these columns. */
export function eventCells(event: EventRecord): string[] {
  const { id, at, type, actor, onBehalfOf, origin, subjectName = '', subjectId = '', detail } = event;
  const who = [actorText(actor), 'id' in actor ? actor.id : '', onBehalfOf ? actorText(onBehalfOf) : ''];
  const from = [origin?.address ?? '', origin?.userAgent ?? '', origin?.requestId ?? ''];
  return [id, at, type, outcomeOf(event), ...who, subjectName, subjectId, ...from, JSON.stringify(detail)];
}

function actorText(actor: Actor): string {
  if (actor.kind === 'system') return `system ${actor.job}`;
  return actor.kind === 'bot' ? `bot ${actor.id}` : `${actor.kind} ${actor.name}`;
}
