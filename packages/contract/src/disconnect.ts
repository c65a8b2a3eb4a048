import { z } from 'zod';

/**
 * What a bot does when it cannot reach the control plane: it works on (`keep`), or stops itself after so many minutes
 * and starts again when the link is back. Nothing else ever starts it meanwhile.
 */
export const Disconnect = z.union([z.literal('keep'), z.int().min(1).max(43_200)], {
  error: 'Say keep, or after how many minutes (1 to 43200) the bot stops itself',
});
export type Disconnect = z.infer<typeof Disconnect>;
