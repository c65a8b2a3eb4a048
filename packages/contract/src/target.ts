import { z } from 'zod';
import { Id, PageInput, pageOf, Timestamp } from './page.ts';
import { route } from './route.ts';

/** Where bots run. */
export const Target = z.object({
  id: Id,
  name: z.string(),
  /** Names an entry of targets/built-in, such as `process`. */
  kind: z.string(),
  botCount: z.int(),
  /** Whether a bot could be put there now, and why not. */
  health: z.object({ ok: z.boolean(), message: z.string(), checkedAt: Timestamp }).optional(),
  /** What lies there of bots this Clawster does not know, such as those made after the backup it was restored from. */
  orphans: z.array(z.object({ botId: z.string(), name: z.string() })).default([]),
  createdAt: Timestamp,
});
export type Target = z.infer<typeof Target>;

export const targets = {
  list: route({
    method: 'GET',
    path: '/targets',
    permission: 'target:read',
    summary: 'Where bots can run',
    input: PageInput,
    output: pageOf(Target),
  }),
};
