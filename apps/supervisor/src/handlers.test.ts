import { expect, test } from 'vitest';
import { createHandlers } from './handlers.ts';
import type { Host } from './host.ts';
import type { Keeper } from './keeper.ts';

test.each([
  ['stop', ['halted', 'works at nothing', 'gave back']],
  ['pause', ['halted', 'works at nothing']],
] as const)(
  'a bot that is to %s gives back what it may spend only when it makes no calls any more',
  async (mode, all) => {
    const done: string[] = [];
    const keeper = { halt: async () => void done.push('halted') } as unknown as Keeper;
    const host = {
      modelGateway: { giveBack: async () => void done.push('gave back') },
      folder: { directory: '' },
      team: { deliveries: { haltAll: async () => void done.push('works at nothing') } },
    } as unknown as Host;
    const handlers = createHandlers(host, { keeper, socketFolder: undefined, stopSelf: () => undefined });
    await handlers.halt?.({ mode }, { signal: AbortSignal.timeout(1_000), part: () => undefined });
    expect(done).toEqual(all);
  },
);
