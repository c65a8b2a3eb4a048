import { availableParallelism } from 'node:os';
import { defineTarget } from '@clawster/target/target';
import { z } from 'zod';
import { processTarget } from './process-target.ts';

/** This machine, no container: a detached supervisor process and a folder for each bot. */
export const thisMachine = defineTarget({
  kind: 'process',
  label: 'This machine',
  settings: z.object({
    /** Holds one folder a bot. */
    directory: z.string().min(1),
    startsAtOnceMax: z.int().positive().optional(),
    /** A supervisor gives its gateway 25 s to stop, and needs a moment for itself. */
    stopTimeoutMs: z.int().positive().default(30_000),
    /** With less of the disk free than this, no new bot is put here. */
    diskBytesMin: z.int().positive().default(1_000_000_000),
  }),
  // Three starts at once on two cores took each three times as long (measured): some of the machine stays free.
  startsAtOnceMax: ({ startsAtOnceMax }) => startsAtOnceMax ?? Math.max(1, Math.floor(availableParallelism() * 0.75)),
  connect: (settings) => Promise.resolve(processTarget(settings)),
});
