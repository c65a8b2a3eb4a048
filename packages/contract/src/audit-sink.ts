import { z } from 'zod';
import { Empty, Id, Timestamp } from './page.ts';
import { route } from './route.ts';

/** Where checkpoints go. A webhook is sent the checkpoint as JSON; syslog a line of RFC 5424; a file a line of JSON. */
export const AuditSinkPlace = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('webhook'),
    url: z
      .url({ protocol: /^https?$/, error: 'Enter an address such as https://example.com/checkpoints' })
      .max(2_000)
      .refine((url) => !/^https?:\/\/[^/]*@/.test(url), 'Leave name and password out of the address'),
  }),
  z.object({
    kind: z.literal('syslog'),
    host: z
      .string()
      .regex(/^[A-Za-z0-9._:-]+$/, 'Enter the name or address of the syslog server')
      .max(253),
    port: z.int().min(1).max(65_535).default(514),
    transport: z.enum(['udp', 'tcp', 'tls']).default('tcp'),
  }),
  z.object({ kind: z.literal('file') }),
]);
export type AuditSinkPlace = z.infer<typeof AuditSinkPlace>;

const SinkName = z.string().trim().min(1, 'Name the place, such as Security team').max(80);

export const AuditSink = z.object({
  id: Id,
  name: z.string(),
  place: AuditSinkPlace,
  createdAt: Timestamp,
  /** The last seal that was sent there; 0 before the first. */
  sentNumber: z.int(),
  sentAt: Timestamp.optional(),
  /** Why the last try failed, and when the next one is; absent when it did not. */
  trouble: z.string().optional(),
  nextTryAt: Timestamp.optional(),
  /** Of a file: where it lies on the server. */
  file: z.string().optional(),
});
export type AuditSink = z.infer<typeof AuditSink>;

const OneSink = z.object({ sinkId: Id });

export const auditSinks = {
  list: route({
    method: 'GET',
    path: '/audit/sinks',
    permission: 'audit:read',
    summary: 'Where checkpoints of the audit trail are sent, and how it goes',
    input: Empty,
    output: z.object({ items: z.array(AuditSink) }),
  }),
  create: route({
    method: 'POST',
    path: '/audit/sinks',
    permission: 'audit:manage',
    summary: 'Have checkpoints sent somewhere: a webhook, syslog, or a file on the server',
    input: z.object({ name: SinkName, place: AuditSinkPlace }),
    output: AuditSink,
  }),
  send: route({
    method: 'POST',
    path: '/audit/sinks/{sinkId}/send',
    permission: 'audit:manage',
    summary: 'Send the newest checkpoint there now, and say how it went',
    input: OneSink,
    output: AuditSink,
  }),
  delete: route({
    method: 'DELETE',
    path: '/audit/sinks/{sinkId}',
    permission: 'audit:manage',
    summary: 'Send checkpoints there no more',
    input: OneSink,
    output: Empty,
  }),
};
