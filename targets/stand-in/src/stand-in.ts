import { defineTarget } from '@clawster/target/target';
import { z } from 'zod';
import { standInEngine } from './engine.ts';

/** Bots that run nowhere: for tests and for trying Clawster's own moves. What it is told to do wrong, it does. */
export const standIn = defineTarget({
  kind: 'stand-in',
  label: 'Stand-in (runs nothing)',
  settings: z.object({
    /** Connections with the same name see the same bots, as those of one machine do. */
    engine: z.string().default('default'),
    startsAtOnceMax: z.int().positive().default(100),
  }),
  startsAtOnceMax: ({ startsAtOnceMax }) => startsAtOnceMax,
  connect: async ({ engine }) => standInEngine(engine).connect(),
});
