import { z } from 'zod';
import { Timestamp } from './page.ts';

/** One thing OpenClaw's doctor found. `expected`: our baseline wants it so, and `why` says what for. */
export const Finding = z.object({
  checkId: z.string(),
  severity: z.string(),
  message: z.string(),
  path: z.string().optional(),
  fixHint: z.string().optional(),
  expected: z.boolean().default(false),
  why: z.string().optional(),
});
export type Finding = z.infer<typeof Finding>;

/** `ok`: nothing was found that is not expected. */
export const DoctorReport = z.object({
  ok: z.boolean(),
  ranAt: Timestamp,
  durationMs: z.number(),
  findings: z.array(Finding),
});
export type DoctorReport = z.infer<typeof DoctorReport>;

/** One safe repair: what it looked at, whether it changed anything, and how it ended. */
export const RepairStep = z.object({
  name: z.enum(['permissions', 'leftovers', 'openclaw-doctor', 'sessions', 'configuration']),
  ok: z.boolean(),
  changed: z.boolean(),
  text: z.string(),
});
export type RepairStep = z.infer<typeof RepairStep>;

/** What was found before and after, and what was done in between. */
export const RepairReport = z.object({
  ok: z.boolean(),
  ranAt: Timestamp,
  durationMs: z.number(),
  steps: z.array(RepairStep),
  before: z.array(Finding),
  after: z.array(Finding),
});
export type RepairReport = z.infer<typeof RepairReport>;
