import { z } from 'zod';
import { Id } from './page.ts';
import { route } from './route.ts';

export const HaltMode = z.enum(['stop', 'pause']);
export type HaltMode = z.infer<typeof HaltMode>;

export const Halt = z.object({
  mode: HaltMode.default('stop'),
  bots: z.union([z.literal('all'), z.array(Id).min(1).max(10_000)], 'Name the bots, or say all'),
});
export type Halt = z.infer<typeof Halt>;

/**
 * `id`: of this halt, in the `haltId` of its events. `bots`: whose desired state was changed. `confirmed`: whose supervisor
 * answered that nothing runs or is asked any more.
 */
export const Halted = z.object({ id: Id, bots: z.int(), confirmed: z.int() });
export type Halted = z.infer<typeof Halted>;

export const fleet = {
  halt: route({
    method: 'POST',
    path: '/fleet/halt',
    permission: 'bot:operate',
    summary: 'The emergency stop: ends gateways (stop) or all they do (pause) at once, past chat and queues',
    input: Halt,
    output: Halted,
  }),
};
