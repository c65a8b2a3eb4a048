import { z } from 'zod';
import { JsonValue } from './document.ts';
import { Timestamp } from './page.ts';

/** What becomes of changes that somebody else makes on the host: put back at once, or told and left until someone decides. */
export const DriftPolicy = z.enum(['revert', 'report']);
export type DriftPolicy = z.infer<typeof DriftPolicy>;

/** One place that differs. `path` is absent where a text is compared as a whole, a value where nothing is there. */
export const DriftedValue = z.object({
  path: z.string().optional(),
  before: JsonValue.optional(),
  after: JsonValue.optional(),
  /** The values are not told as they are: one looks like a secret, or is too long. */
  hidden: z.enum(['secret', 'long']).optional(),
});
export type DriftedValue = z.infer<typeof DriftedValue>;

/** What on a bot's host is not as Clawster wrote it, and waits for a decision. */
export const BotDrift = z
  .object({
    at: Timestamp,
    files: z.array(
      z.object({
        /** `openclaw.json`, or a file the model is told, such as `SOUL.md`. */
        file: z.string(),
        changes: z.array(DriftedValue),
        /** More than are listed. */
        more: z.int().optional(),
      }),
    ),
  })
  .meta({ id: 'BotDrift' });
export type BotDrift = z.infer<typeof BotDrift>;
