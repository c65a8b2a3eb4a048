import { z } from 'zod';
import { Timestamp } from './page.ts';
import { route } from './route.ts';

/** Less would let whoever may set it take their own traces away before anyone looks. */
const Days = z.coerce
  .number()
  .int()
  .min(30, 'Keep events for 30 days at least, so that nobody takes their traces away')
  .max(3_650, 'Keep events for 3,650 days at most, or for ever');

export const AuditRetention = z.object({
  /** For how many days events are kept; absent: for ever. */
  days: z.int().optional(),
  /** Events of before then are gone; absent while none are. */
  forgottenUntil: Timestamp.optional(),
  /** How many of those that are there are older than the days that were asked about, or than those kept. */
  due: z.int(),
});
export type AuditRetention = z.infer<typeof AuditRetention>;

/** What stands in the trail for events that were deleted: that they were meant to be, signed with the installation's key. */
export const ForgottenMark = z.object({
  /** All events of this seal and those before it. */
  number: z.int().positive(),
  hash: z.string(),
  events: z.int(),
  until: Timestamp,
  keyId: z.string(),
  signature: z.string(),
});
export type ForgottenMark = z.infer<typeof ForgottenMark>;

export const auditRetention = {
  get: route({
    method: 'GET',
    path: '/audit/retention',
    permission: 'audit:read',
    summary: 'How long events are kept, and how many would go if it were `days`',
    input: z.object({ days: Days.optional() }),
    output: AuditRetention,
  }),
  set: route({
    method: 'PUT',
    path: '/audit/retention',
    permission: 'audit:manage',
    summary: 'Keep events for so many days, or for ever (null); older ones are deleted within a day',
    input: z.object({ days: Days.nullable() }),
    output: AuditRetention,
  }),
};
