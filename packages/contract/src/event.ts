import { z } from 'zod';
import { Id, PageInput, pageOf, Timestamp } from './page.ts';
import { route } from './route.ts';

/** Facts, past tense, noun first. The noun is what the dashboard refreshes. */
export const eventTypes = [
  'setup-completed',
  'session-opened',
  'session-closed',
  'session-refused',
  'invitation-created',
  'invitation-revoked',
  'invitation-accepted',
  'person-updated',
  'person-password-changed',
  'person-totp-added',
  'person-totp-removed',
  'person-recovery-codes-made',
  'person-recovery-code-used',
  'person-role-changed',
  'person-disabled',
  'person-enabled',
  'person-removed',
  'api-key-created',
  'api-key-revoked',
  'connector-created',
  'connector-updated',
  'connector-deleted',
  'target-created',
  'bot-created',
  'bot-updated',
  'bot-started',
  'bot-stopped',
  'bot-paused',
  'bot-resumed',
  'bot-restarted',
  'bot-redeployed',
  'bot-cloned',
  'bot-destroyed',
  'bot-restored',
  'fleet-halted',
  'bot-phase-changed',
  'bot-moved',
  'bot-enrolled',
  'bot-removed',
  'bot-doctor-run',
  'backup-created',
  'backup-deleted',
  'backup-restored',
  'operation-phase-changed',
  'bot-repaired',
  'turn-requested',
  'turn-aborted',
  'runtime-requested',
  'runtime-phase-changed',
  'installation-restored',
] as const;
export const EventType = z.enum(eventTypes);
export type EventType = z.infer<typeof EventType>;

export const Actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), id: Id, name: z.string() }),
  z.object({ kind: z.literal('api-key'), id: Id, name: z.string() }),
  z.object({ kind: z.literal('bot'), id: Id }),
  z.object({ kind: z.literal('system'), job: z.string() }),
]);
export type Actor = z.infer<typeof Actor>;

/** One fact: the audit trail, the outbox and the live stream are made of these. `id` orders them. */
export const EventRecord = z.object({
  id: z.string(),
  at: Timestamp,
  type: EventType,
  actor: Actor,
  /** What it is about; absent where the type says it all. */
  subjectId: Id.optional(),
  subjectName: z.string().optional(),
  /** Details, free of secrets. */
  detail: z.record(z.string(), z.unknown()),
});
export type EventRecord = z.infer<typeof EventRecord>;

export const events = {
  list: route({
    method: 'GET',
    path: '/events',
    permission: 'event:read',
    summary: 'What happened, newest first',
    input: PageInput.extend({ subjectId: Id.optional(), type: EventType.optional() }),
    output: pageOf(EventRecord),
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
