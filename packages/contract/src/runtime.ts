import { z } from 'zod';
import { Timestamp } from './page.ts';
import { route } from './route.ts';

/** An OpenClaw version, as in `2026.9.6`. */
export const RuntimeVersion = z.string().regex(/^\d{4}\.\d{1,2}\.\d{1,3}$/, 'An OpenClaw version looks like 2026.9.6');

export const RuntimePhase = z.enum(['absent', 'installing', 'installed', 'failed']);
export type RuntimePhase = z.infer<typeof RuntimePhase>;

/** An OpenClaw version that Clawster was tested with, and how far its installation on this machine is. */
export const Runtime = z.object({
  version: RuntimeVersion,
  /** The one a new bot gets. */
  recommended: z.boolean(),
  phase: RuntimePhase,
  /** What is going on, or why it failed and what to do. */
  message: z.string(),
  /** 0 to 1 while installing. */
  progress: z.number().min(0).max(1).optional(),
  since: Timestamp.optional(),
  botCount: z.int(),
});
export type Runtime = z.infer<typeof Runtime>;

export const runtimes = {
  list: route({
    method: 'GET',
    path: '/runtimes',
    permission: 'runtime:read',
    summary: 'OpenClaw versions Clawster was tested with, and which are installed',
    input: z.object({}),
    output: z.object({ items: z.array(Runtime), floor: RuntimeVersion }),
  }),
  install: route({
    method: 'POST',
    path: '/runtimes/{version}/install',
    permission: 'runtime:install',
    summary: 'Install an OpenClaw version once, for all bots; asking again is harmless',
    input: z.object({ version: RuntimeVersion }),
    output: Runtime,
  }),
};
