import canonicalize from 'canonicalize';

/** An event as it is sealed; `at` to the microsecond, as the database keeps it. */
export type AuditedEvent = {
  id: number;
  workspaceId: string;
  at: string;
  type: string;
  actor: unknown;
  onBehalfOf: unknown;
  origin: unknown;
  subjectId: string | null;
  subjectName: string | null;
  detail: unknown;
};

/**
 * The one text that stands for an event (RFC 8785): whoever has its row can make it again and compare. The number of its
 * transaction is left out, since a restored copy gives another.
 */
export function eventText(event: AuditedEvent): string {
  const { id, workspaceId, at, type, actor, onBehalfOf, origin, subjectId, subjectName, detail } = event;
  return canonicalText({
    version: 'clawster-event-1',
    id,
    workspaceId,
    at,
    type,
    actor,
    onBehalfOf,
    origin,
    subjectId,
    subjectName,
    detail,
  });
}

/** RFC 8785 of an object. */
export function canonicalText(value: object): string {
  const text = canonicalize(JSON.parse(JSON.stringify(value, said)));
  if (text === undefined) throw new TypeError('Only JSON has a canonical form');
  return text;
}

/** A number too large for JavaScript, put in by hand, is one more thing to find and no reason to stop looking. */
function said(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
