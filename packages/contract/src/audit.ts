import { z } from 'zod';
import { Empty, Id, Timestamp } from './page.ts';
import { route } from './route.ts';

/** What a verification can find, each located by the events or seals it names. */
export const AuditFindingKind = z.enum([
  'event-edited',
  'event-deleted',
  'event-inserted',
  'event-moved',
  'event-misdated',
  'event-unsealed',
  'seals-missing',
  'seal-edited',
  'seal-forged',
  'chain-broken',
  'key-replaced',
  'key-missing',
  'mark-forged',
]);
export type AuditFindingKind = z.infer<typeof AuditFindingKind>;

export const AuditFinding = z.object({
  kind: AuditFindingKind,
  sentence: z.string(),
  /** The seal's number. */
  seal: z.int().optional(),
  /** An event's number: what follows the hyphen in its id. */
  event: z.int().optional(),
  /** The events before and after the place; null at an end of the trail. */
  between: z.tuple([z.int().nullable(), z.int().nullable()]).optional(),
});
export type AuditFinding = z.infer<typeof AuditFinding>;

/**
 * The signed end of a workspace's trail. Kept outside, it shows later that everything up to here is still there:
 * Ed25519 signs the lines `clawster-audit-1`, workspace id, number and hash, each ended by a line feed.
 */
export const AuditCheckpoint = z.object({
  workspaceId: Id,
  number: z.int().positive(),
  at: Timestamp,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** The last event it covers, by its number. */
  lastEvent: z.int(),
  /** The key's fingerprint, and the key itself as base64url of 32 bytes; absent when the server has another by now. */
  keyId: z.string(),
  publicKey: z.string().optional(),
  signature: z.string(),
});
export type AuditCheckpoint = z.infer<typeof AuditCheckpoint>;

/** A verification as it goes on: how far it is, each thing it finds, and what came of it. */
export const AuditVerification = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), seals: z.int(), events: z.int() }),
  z.object({ type: z.literal('finding'), finding: AuditFinding }),
  z.object({
    type: z.literal('done'),
    /** Whether nothing was found. */
    sound: z.boolean(),
    findings: z.int(),
    seals: z.int(),
    events: z.int(),
    /** Deleted after their time, as a signed mark in the trail says; their hashes are there. */
    forgotten: z.int(),
    /** Recorded, but too lately to be sealed. */
    unsealed: z.int(),
    keyId: z.string().optional(),
    /** The end of the trail: what to keep outside. */
    checkpoint: AuditCheckpoint.optional(),
  }),
]);
export type AuditVerification = z.infer<typeof AuditVerification>;

export const audit = {
  verify: route({
    method: 'GET',
    path: '/audit/verification',
    permission: 'audit:read',
    stream: true,
    summary: 'Check the whole audit trail against its seals; each finding says where',
    input: Empty,
    output: AuditVerification,
  }),
  checkpoint: route({
    method: 'GET',
    path: '/audit/checkpoint',
    permission: 'audit:read',
    summary: 'The signed end of the audit trail, or its seal of a number: keep it outside',
    input: z.object({ number: z.coerce.number().int().positive().optional() }),
    output: AuditCheckpoint,
  }),
};
