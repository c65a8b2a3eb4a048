import { z } from 'zod';
import { Empty } from './page.ts';
import { route } from './route.ts';

/** How much of conversations leaves a bot's host: counts alone, who and where, text with what is private masked, or text as it was. */
export const CaptureMode = z.enum(['off', 'metadata', 'redacted', 'full']);
export type CaptureMode = z.infer<typeof CaptureMode>;

/** A bot's own, or the workspace's. */
export const BotCapture = z.enum(['inherit', ...CaptureMode.options]);
export type BotCapture = z.infer<typeof BotCapture>;

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

/** The policy, with how many bots keep to its mode and have none of their own. */
export const KeptPolicy = CapturePolicy.extend({ bots: z.int() });
export type KeptPolicy = z.infer<typeof KeptPolicy>;

/** Whether one policy lets more out of a bot's host, or keeps it for longer, than another. */
export function isMore(before: CapturePolicy, after: CapturePolicy): boolean {
  const rank = ({ mode }: CapturePolicy) => CaptureMode.options.indexOf(mode);
  const named = before.people === 'pseudonyms' && after.people === 'names' && after.mode !== 'off';
  const longer = after.keepDays > before.keepDays && rank(after) >= CaptureMode.options.indexOf('redacted');
  return rank(after) > rank(before) || named || longer;
}

export const capture = {
  get: route({
    method: 'GET',
    path: '/capture-policy',
    permission: 'telemetry:read',
    summary: 'How much of conversations is kept, and for how long',
    input: Empty,
    output: KeptPolicy,
  }),
  set: route({
    method: 'PUT',
    path: '/capture-policy',
    permission: 'telemetry:manage',
    summary: 'Change how much of conversations is kept; what was kept before goes at its own time',
    input: CapturePolicy,
    output: KeptPolicy,
  }),
};
