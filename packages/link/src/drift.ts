import { z } from 'zod';

/** One place that differs from what was written there. An absent value: nothing is there. */
export const DriftChange = z.object({
  /** The keys that lead there; none where a text is compared as a whole. */
  path: z.array(z.string().max(300)).max(70),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  /** The values are not told as they are: one looks like a secret, or is too long. */
  hidden: z.enum(['secret', 'long']).optional(),
});
export type DriftChange = z.infer<typeof DriftChange>;

/** A file of the bot's that is not as it was written; `more` counts the changes that are not listed. */
export const DriftedFile = z.object({
  file: z.string().max(100),
  changes: z.array(DriftChange).max(50),
  more: z.int().optional(),
});
export type DriftedFile = z.infer<typeof DriftedFile>;

/** What somebody else changed of what the supervisor wrote. */
export const Drift = z.object({
  at: z.iso.datetime({ offset: true }),
  /** Put back already; or left as it is until someone decides. */
  reverted: z.boolean(),
  /** How often it was put back since that was last told. */
  times: z.int().optional(),
  files: z.array(DriftedFile).max(20),
});
export type Drift = z.infer<typeof Drift>;
