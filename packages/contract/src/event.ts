import { z } from 'zod';
import { eventTypes } from './event-types.ts';
import { Id, PageInput, pageOf, Timestamp } from './page.ts';
import { route } from './route.ts';

export const EventType = z.enum(eventTypes);
export type EventType = z.infer<typeof EventType>;

export const Actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), id: Id, name: z.string() }),
  z.object({ kind: z.literal('api-key'), id: Id, name: z.string() }),
  /** Acts by its keys: it is whom a key's act was on behalf of. */
  z.object({ kind: z.literal('service-account'), id: Id, name: z.string() }),
  /** Makes, changes and ends people by SCIM, on behalf of nobody. */
  z.object({ kind: z.literal('directory'), id: Id, name: z.string() }),
  z.object({ kind: z.literal('bot'), id: Id }),
  z.object({ kind: z.literal('system'), job: z.string() }),
]);
export type Actor = z.infer<typeof Actor>;

/** From where something was asked for. */
export const Origin = z.object({
  address: z.string(),
  userAgent: z.string(),
  /** The same as in the answer's problem and in the server's log. */
  requestId: z.string().optional(),
});
export type Origin = z.infer<typeof Origin>;

/** One fact: the audit trail, the outbox and the live stream are made of these. `id` orders them. */
export const EventRecord = z.object({
  id: z.string(),
  at: Timestamp,
  type: EventType,
  actor: Actor,
  /** For whom the actor did it; absent when for itself. */
  onBehalfOf: Actor.optional(),
  /** Absent when nobody asked for it from outside. */
  origin: Origin.optional(),
  /** What it is about; absent where the type says it all. */
  subjectId: Id.optional(),
  subjectName: z.string().optional(),
  /** Details, free of secrets. */
  detail: z.record(z.string(), z.unknown()),
  /** Whether it is part of the signed chain by now; not told in the live stream, which is ahead of it. */
  sealed: z.boolean().optional(),
});
export type EventRecord = z.infer<typeof EventRecord>;

export const eventOutcomes = ['done', 'refused', 'failed'] as const;
export const EventOutcome = z.enum(eventOutcomes);
export type EventOutcome = z.infer<typeof EventOutcome>;

/** Which events: all that are named must fit. */
export const EventFilter = z.object({
  subjectId: Id.optional(),
  type: EventType.optional(),
  /** What a type begins with, such as `bot` or `api-key`. */
  noun: z
    .string()
    .regex(/^[a-z]+(-[a-z]+)*$/, 'Use the first word of a type, such as bot')
    .max(30)
    .optional(),
  /** `service-account`: what was done by the keys of one. */
  actorKind: z.enum(['person', 'api-key', 'service-account', 'directory', 'bot', 'system']).optional(),
  /** Of a person, a key, a service account, a directory or a bot. */
  actorId: Id.optional(),
  outcome: EventOutcome.optional(),
  /** From then on. */
  since: Timestamp.optional(),
  /** Before then. */
  until: Timestamp.optional(),
  /** In names, addresses, types and details. */
  search: z.string().trim().max(100).optional(),
});
export type EventFilter = z.infer<typeof EventFilter>;

export const events = {
  list: route({
    method: 'GET',
    path: '/events',
    permission: 'event:read',
    summary: 'What happened, newest first',
    input: PageInput.extend(EventFilter.shape),
    output: pageOf(EventRecord),
  }),
  export: route({
    method: 'GET',
    path: '/events/export',
    permission: 'event:read',
    summary: 'What happened, oldest first, as a file: an event a line',
    input: EventFilter.extend({ format: z.enum(['jsonl', 'csv']).default('jsonl') }),
    output: z.string(),
    file: true,
  }),
  stream: route({
    method: 'GET',
    path: '/events/stream',
    permission: 'event:read',
    summary: 'What happens, as it happens; resumes after `Last-Event-ID`',
    /** Travels as the `Last-Event-ID` header too; that one wins. */
    input: z.object({ after: z.string().max(40).optional() }),
    output: EventRecord,
    stream: true,
  }),
};
