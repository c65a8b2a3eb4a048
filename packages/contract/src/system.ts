import { z } from 'zod';
import { Empty } from './page.ts';
import { route } from './route.ts';

/** What anyone may know of an installation before signing in. */
export const SystemStatus = z.object({
  product: z.literal('clawster'),
  version: z.string(),
  /** `needed` until the first owner account exists. */
  setup: z.enum(['needed', 'done']),
});
export type SystemStatus = z.infer<typeof SystemStatus>;

export const system = {
  status: route({
    method: 'GET',
    path: '/status',
    permission: 'public',
    summary: 'Version, and whether the first owner account exists',
    input: Empty,
    output: SystemStatus,
  }),
};
