import { z } from 'zod';
import { Empty, Id, PageInput, pageOf, Timestamp } from './page.ts';
import { route } from './route.ts';

/** `waiting`: asked for, and not begun yet. */
export const ScanPhase = z.enum(['waiting', 'running', 'done', 'failed']);
export type ScanPhase = z.infer<typeof ScanPhase>;

/** A look for every secret of the workspace at every place Clawster has a hand in. */
export const Scan = z.object({
  id: Id,
  phase: ScanPhase,
  /** Why it failed, in a sentence; empty while there is nothing to say. */
  reason: z.string(),
  /** The files of the built-in database were looked through, too. */
  deep: z.boolean(),
  author: z.string(),
  /** Versions of secrets that were looked for. */
  secrets: z.int(),
  /** Secrets too short to be looked for as they are. */
  tooShort: z.array(z.string()),
  /** Bots there are, and those that were looked through. */
  bots: z.object({ all: z.int(), scanned: z.int() }),
  files: z.int(),
  bytes: z.int(),
  /** Rows of the database. */
  rows: z.int(),
  /** Findings it opened. */
  opened: z.int(),
  /** What was not looked through, and why; the first ones, `troubleMore` counts the others. */
  trouble: z.array(z.object({ place: z.string(), why: z.string() })),
  troubleMore: z.int(),
  askedAt: Timestamp,
  startedAt: Timestamp.optional(),
  endedAt: Timestamp.optional(),
});
export type Scan = z.infer<typeof Scan>;

/** How often a workspace is looked through without being asked; null: never. */
export const ScanSchedule = z.object({ everyHours: z.int().min(1).max(720).nullable() });
export type ScanSchedule = z.infer<typeof ScanSchedule>;

export const scans = {
  start: route({
    method: 'POST',
    path: '/scans',
    permission: 'secret:manage',
    summary: 'Look for every secret of the workspace on its bots, in the database and on the server',
    /** `deep`: in the files of the built-in database, too, where deleted rows may still be. */
    input: z.object({ deep: z.boolean().default(false) }),
    output: Scan,
  }),
  list: route({
    method: 'GET',
    path: '/scans',
    permission: 'secret:read',
    summary: 'Scans for secrets, the latest first',
    input: PageInput,
    output: pageOf(Scan),
  }),
  get: route({
    method: 'GET',
    path: '/scans/{scanId}',
    permission: 'secret:read',
    summary: 'One scan: what was looked through, and what was not',
    input: z.object({ scanId: Id }),
    output: Scan,
  }),
  schedule: route({
    method: 'GET',
    path: '/scan-schedule',
    permission: 'secret:read',
    summary: 'How often the workspace is looked through for its secrets without being asked',
    input: Empty,
    output: ScanSchedule,
  }),
  setSchedule: route({
    method: 'PUT',
    path: '/scan-schedule',
    permission: 'secret:manage',
    summary: 'Change how often the workspace is looked through for its secrets; null: only when asked',
    input: ScanSchedule,
    output: ScanSchedule,
  }),
};
