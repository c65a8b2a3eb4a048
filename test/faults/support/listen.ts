import { follow } from '@clawster/client/follow';
import { missedEvents } from '../history/stored.ts';
import type { FaultInstallation } from './installation.ts';
import { eventRows } from './verdict.ts';

/** Somebody who watches the live stream through everything, as the dashboard does. */
export type Listener = {
  heard: string[];
  /** What they missed, heard twice or in another order, once the stream has brought all there is. */
  missed(): Promise<string[]>;
};

const lateMsMax = 30_000;

export function listen(installation: FaultInstallation): Listener {
  const heard: string[] = [];
  const over = new AbortController();
  const listening = (async () => {
    for await (const { id } of follow(installation.client(), { signal: over.signal, pauseMs: 100 })) heard.push(id);
  })();
  return {
    heard,
    async missed() {
      const deadline = Date.now() + lateMsMax;
      for (;;) {
        const stored = (await eventRows(installation)).map(({ id }) => id);
        const missed = missedEvents(stored, heard);
        if (missed.length > 0 && Date.now() < deadline) {
          await new Promise((wake) => setTimeout(wake, 200));
          continue;
        }
        over.abort();
        await listening;
        return missed.map((one) => `R7 ${one}`);
      }
    },
  };
}
