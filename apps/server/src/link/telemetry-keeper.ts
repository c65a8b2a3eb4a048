import { isDatabaseAway } from '@clawster/database/away';
import { type ReceivedBatch, storeTelemetry } from '@clawster/control-plane/link/store-telemetry';
import type { ControlPlane } from '@clawster/control-plane/plane';

export type TelemetryKeeper = {
  /** Settles after the batch is committed, or could not be; the batches of one bot one after the other. */
  store(received: ReceivedBatch): Promise<void>;
};

type Waiting = { received: ReceivedBatch; stored: PromiseWithResolvers<void> };

/** Transactions at once: as many as keep PostgreSQL busy, and few enough that what comes meanwhile is many in the next. */
const lanesMax = 4;
/** In one transaction: beyond it the sums of a batch come no cheaper, and others only wait longer. */
const itemsMax = 2_000;

/**
 * Stores what comes from many bots in few transactions: what comes while one is under way goes with the next. In each a bot
 * has one batch at most, so that a flood of one bot's waits behind everybody's next batch, and not they behind it.
 */
export function telemetryKeeper(plane: ControlPlane): TelemetryKeeper {
  const queues = new Map<string, Waiting[]>();
  const busy = new Set<string>();
  let lanes = 0;

  /** The next batch of each bot that has none under way, up to what one transaction takes. */
  function next(): Waiting[] {
    const taken: Waiting[] = [];
    let items = 0;
    for (const [botId, queue] of queues) {
      if (items >= itemsMax) break;
      if (busy.has(botId)) continue;
      const waiting = queue.shift() as Waiting;
      // Behind all others, where it has more.
      queues.delete(botId);
      if (queue.length > 0) queues.set(botId, queue);
      busy.add(botId);
      items += waiting.received.batch.items.length;
      taken.push(waiting);
    }
    return taken;
  }

  async function lane(): Promise<void> {
    lanes += 1;
    for (let some = next(); some.length > 0; some = next()) {
      await storeAll(plane, some);
      for (const { received } of some) busy.delete(received.botId);
    }
    lanes -= 1;
  }

  return {
    store(received) {
      const stored = Promise.withResolvers<void>();
      const queue = queues.get(received.botId) ?? [];
      queue.push({ received, stored });
      queues.set(received.botId, queue);
      if (lanes < lanesMax) void lane();
      return stored.promise;
    },
  };
}

async function storeAll(plane: ControlPlane, some: Waiting[]): Promise<void> {
  try {
    await storeTelemetry(
      plane,
      some.map(({ received }) => received),
    );
    for (const { stored } of some) stored.resolve();
  } catch (error) {
    // What no database keeps may be one bot's alone: the others are not to suffer for it.
    if (some.length > 1 && !isDatabaseAway(error)) for (const one of some) await storeAll(plane, [one]);
    else for (const { stored } of some) stored.reject(error);
  }
}
