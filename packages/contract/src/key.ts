import { z } from 'zod';
import { Empty, Id, Timestamp } from './page.ts';
import { route } from './route.ts';

export const keyUses = ['current', 'former', 'missing'] as const;

/** A key-encryption key, at one version. It wraps data keys, and those encrypt secrets. */
export const WrappingKey = z.object({
  /** Names the key, and its version where it has some: `vault:transit/clawster:v3`. */
  id: z.string(),
  /** Where it is kept: a file of the server, a vault, or a cloud's KMS; absent for one that this server does not hold. */
  kind: z.enum(['file', 'vault', 'aws-kms', 'gcp-kms', 'azure-key-vault']).optional(),
  /** The current one wraps; a former one only opens; of a missing one nothing can be opened. */
  use: z.enum(keyUses),
  /** How many data keys of workspaces and keys of the installation it has wrapped. */
  dataKeys: z.int(),
  /** How many secrets and second factors of the installation are under those. */
  secrets: z.int(),
  /** When it was last used to see whether it can be. */
  lookedAt: Timestamp.optional(),
  /** Why it cannot be used; absent when it can. */
  trouble: z.string().optional(),
});
export type WrappingKey = z.infer<typeof WrappingKey>;

export const keyJobKinds = ['rewrap', 'reencrypt'] as const;

/** Work on keys that goes on in the background, batch by batch. */
export const KeyJob = z.object({
  id: Id,
  kind: z.enum(keyJobKinds),
  /** What is done by now, and what is left: data keys when they are wrapped anew, secrets when they are encrypted anew. */
  done: z.int(),
  left: z.int(),
  begunAt: Timestamp,
  /** Absent while it goes on. */
  endedAt: Timestamp.optional(),
  /** Why the last try failed, and when the next one is. */
  trouble: z.string().optional(),
  nextTryAt: Timestamp.optional(),
});
export type KeyJob = z.infer<typeof KeyJob>;

/** What is still under data keys of the workspace that were retired; each key is deleted when nothing is. */
export const RetiredDataKeys = z.object({
  keys: z.int(),
  secrets: z.int(),
  backups: z.int(),
  /** Answers kept for a day under an Idempotency-Key. */
  answers: z.int(),
});
export type RetiredDataKeys = z.infer<typeof RetiredDataKeys>;

export const KeyOverview = z.object({
  /** The current key first. */
  items: z.array(WrappingKey),
  retired: RetiredDataKeys,
  /** The last of each kind that this workspace began. */
  jobs: z.array(KeyJob),
});
export type KeyOverview = z.infer<typeof KeyOverview>;

export const keys = {
  list: route({
    method: 'GET',
    path: '/keys',
    permission: 'workspace:manage',
    summary: 'The keys that protect the secrets, what is under each, and what is being done to them',
    input: Empty,
    output: KeyOverview,
  }),
  rewrap: route({
    method: 'POST',
    path: '/keys/rewrap',
    permission: 'workspace:manage',
    summary: 'Wrap all data keys of the installation anew, under the current key',
    input: Empty,
    output: KeyJob,
  }),
  reencrypt: route({
    method: 'POST',
    path: '/keys/reencrypt',
    permission: 'workspace:manage',
    summary: 'Give the workspace a new data key, and encrypt each of its secrets anew under it',
    input: Empty,
    output: KeyJob,
  }),
  getJob: route({
    method: 'GET',
    path: '/keys/jobs/{jobId}',
    permission: 'workspace:manage',
    summary: 'How far a job is',
    input: z.object({ jobId: Id }),
    output: KeyJob,
  }),
};
