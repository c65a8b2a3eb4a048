import { z } from 'zod';
import { Empty } from './page.ts';
import { route } from './route.ts';

/** What anyone may know of an installation before signing in. */
export const SystemStatus = z.object({
  product: z.literal('clawster'),
  version: z.string(),
  /** `needed` until the first owner account exists. */
  setup: z.enum(['needed', 'done']),
  /** `read-only` while the database takes no change: reading goes on, and `reason` says why and what to do. */
  mode: z.enum(['normal', 'read-only']).default('normal'),
  reason: z.string().optional(),
  /** Why this server acts no more, in a sentence: bots obey a newer copy of it. */
  overtaken: z.string().optional(),
});
export type SystemStatus = z.infer<typeof SystemStatus>;

export const system = {
  status: route({
    method: 'GET',
    path: '/status',
    permission: 'public',
    summary: 'Version, whether the first owner account exists, and whether changes are taken',
    input: Empty,
    output: SystemStatus,
  }),
};
