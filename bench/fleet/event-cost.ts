import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Identity } from '../../apps/server/src/seed/stand-in-supervisor.ts';
import { bundle } from '../support/bundle.ts';
import { measurePairs, summarise } from '../support/pairs.ts';
import { serve, type Served } from '../support/served.ts';
import type { Order } from './dialer.ts';
import { type Dialers, startDialers } from './dialers.ts';

type Telemetry = Extract<Order, { do: 'send-telemetry' }>;
type Asked = {
  server: Served;
  dialers: Dialers;
  botIds: string[];
  identity: Identity;
  order: Telemetry;
  pairsCount: number;
};

/** The CPU of the server's process for an event beside a bare WebSocket server that parses and acknowledges the same frames. */
export async function eventCost({ server, dialers, botIds, identity, order, pairsCount }: Asked) {
  const bare = await serve(await bundle(join(import.meta.dirname, 'bare-links.ts')));
  const bareDialers = await startDialers(bare.url, botIds, identity);
  await bareDialers.allLinked();
  const events = order.batches * botIds.length * order.items;
  const microseconds = async (of: Served, by: Dialers) => {
    await sleep(200);
    const before = await of.cpuMicroseconds();
    await by.order(order);
    return ((await of.cpuMicroseconds()) - before) / events;
  };
  try {
    return summarise(
      await measurePairs(pairsCount, {
        ours: () => microseconds(server, dialers),
        peer: () => microseconds(bare, bareDialers),
        async warmUp() {
          await dialers.order(order);
          await bareDialers.order(order);
        },
      }),
    );
  } finally {
    await bareDialers[Symbol.asyncDispose]();
    await bare.stop();
  }
}
