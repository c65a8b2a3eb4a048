import { z } from 'zod';
import { Id, PageInput, pageOf, Timestamp } from './page.ts';
import { route } from './route.ts';

/** How the value was written where it was found. */
export const FoundForm = z.enum(['raw', 'hex', 'base64', 'base64url', 'url-encoded', 'json-escaped']);
export type FoundForm = z.infer<typeof FoundForm>;

export const FindingPlaceKind = z.enum(['bot', 'database', 'server']);
export type FindingPlaceKind = z.infer<typeof FindingPlaceKind>;

/** Of what: a file, its name, what a process was started with, or a column of the database. */
export const FindingPart = z.enum(['file', 'file-name', 'environment', 'command-line', 'column']);
export type FindingPart = z.infer<typeof FindingPart>;

/** Where a secret was found. What in it is a secret itself is masked. */
export const FindingPlace = z.object({
  kind: FindingPlaceKind,
  /** Of a bot. */
  botId: Id.optional(),
  botName: z.string().optional(),
  /** Which server. */
  host: z.string().optional(),
  part: FindingPart,
  /** A path, a process, or a table and its column. */
  name: z.string(),
  /** Of a text, where it was seen first. */
  line: z.int().optional(),
  /** Of a table, the first row it was seen in. */
  row: z.string().optional(),
});
export type FindingPlace = z.infer<typeof FindingPlace>;

export const FindingState = z.enum(['open', 'fixed', 'dismissed']);
export type FindingState = z.infer<typeof FindingState>;

/** That a secret lies somewhere in plain sight. */
export const Finding = z.object({
  id: Id,
  kind: z.literal('plaintext-secret'),
  /** `high`: the value is in use. */
  severity: z.enum(['high', 'medium']),
  state: FindingState,
  /** Absent: it is no secret that is kept under a name, such as the token of a bot's gateway. */
  secretId: Id.optional(),
  secretName: z.string(),
  version: z.int(),
  form: FoundForm,
  /** It was packed by gzip. */
  packed: z.boolean(),
  place: FindingPlace,
  times: z.int(),
  /** What to do about it, in a sentence. */
  fix: z.string(),
  firstSeenAt: Timestamp,
  lastSeenAt: Timestamp,
  /** When a later scan of the place found it no more. */
  fixedAt: Timestamp.optional(),
  dismissed: z.object({ reason: z.string(), author: z.string(), at: Timestamp }).optional(),
});
export type Finding = z.infer<typeof Finding>;

const One = z.object({ findingId: Id });

export const findings = {
  list: route({
    method: 'GET',
    path: '/findings',
    permission: 'secret:read',
    summary: 'Where secrets were found in plain sight, the gravest first; those that are open, unless asked otherwise',
    input: PageInput.extend({
      state: z.enum([...FindingState.options, 'all']).default('open'),
      secretId: Id.optional(),
      botId: Id.optional(),
      place: FindingPlaceKind.optional(),
    }),
    output: pageOf(Finding),
  }),
  get: route({
    method: 'GET',
    path: '/findings/{findingId}',
    permission: 'secret:read',
    summary: 'One finding, and what to do about it',
    input: One,
    output: Finding,
  }),
  dismiss: route({
    method: 'POST',
    path: '/findings/{findingId}/dismiss',
    permission: 'secret:manage',
    summary: 'Say that a finding is no trouble, and why; it is not opened again while it is still there',
    input: One.extend({ reason: z.string().trim().min(1, 'Say why it is no trouble').max(300) }),
    output: Finding,
  }),
};
