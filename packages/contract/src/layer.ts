import { z } from 'zod';
import { JsonValue } from './document.ts';

/** What a value of a bot's configuration can come from, the lowest first. */
export const layerKinds = ['defaults', 'template', 'profile', 'overlay', 'own', 'channel', 'team', 'enforced'] as const;

/** One layer of a bot's configuration. */
export const LayerRef = z
  .object({
    kind: z.enum(layerKinds),
    /** Absent for what every bot has. A built-in template has its name here. */
    id: z.string().optional(),
    name: z.string(),
    version: z.int().optional(),
  })
  .meta({ id: 'LayerRef' });
export type LayerRef = z.infer<typeof LayerRef>;

/**
 * What a layer said of one value. `change` adds to a list or takes from it; `remove` takes away what is below;
 * `blocked` was said in vain, since it is locked or of another kind than what is below.
 */
export const Contribution = z.object({
  layer: LayerRef,
  does: z.enum(['set', 'change', 'remove', 'blocked']),
  value: JsonValue.optional(),
});
export type Contribution = z.infer<typeof Contribution>;

/** One value of a bot's configuration, and why it is what it is. */
export const Explained = z.object({
  /** `identity.role`, `openclaw.tools.allow`; a key that is no plain word stands in `["…"]`. */
  path: z.string(),
  /** Absent: it was taken away. */
  value: JsonValue.optional(),
  /** All that layers said of it, the lowest first: the last that was not blocked decides. */
  contributions: z.array(Contribution),
  /** Who keeps the layers above from changing it. */
  lockedBy: LayerRef.optional(),
});
export type Explained = z.infer<typeof Explained>;
