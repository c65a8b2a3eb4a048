import { z } from 'zod';
import { Empty } from './page.ts';
import { route } from './route.ts';

/** How much of conversations leaves a bot's host: counts alone, who and where, text with what is private masked, or text as it was. */
export const CaptureMode = z.enum(['off', 'metadata', 'redacted', 'full']);
export type CaptureMode = z.infer<typeof CaptureMode>;

/** For how many days text is kept: each is dropped a day at a time. */
export const KeepDays = z.union([z.literal(1), z.literal(7), z.literal(30), z.literal(90), z.literal(365)]);
export type KeepDays = z.infer<typeof KeepDays>;

/** What a workspace's bots tell of their conversations; a bot may have a mode of its own. */
export const CapturePolicy = z.object({
  mode: CaptureMode,
  keepDays: KeepDays,
  /** Whether the people who write to bots are told by name, or each by a pseudonym of the workspace's. */
  people: z.enum(['pseudonyms', 'names']),
});
export type CapturePolicy = z.infer<typeof CapturePolicy>;

/** Of a workspace that set nothing. */
export const captureUsual: CapturePolicy = { mode: 'metadata', keepDays: 30, people: 'pseudonyms' };

export const capture = {
  get: route({
    method: 'GET',
    path: '/capture-policy',
    permission: 'telemetry:read',
    summary: 'How much of conversations is kept, and for how long',
    input: Empty,
    output: CapturePolicy,
  }),
  set: route({
    method: 'PUT',
    path: '/capture-policy',
    permission: 'telemetry:manage',
    summary: 'Change how much of conversations is kept; what was kept before goes at its own time',
    input: CapturePolicy,
    output: CapturePolicy,
  }),
};
