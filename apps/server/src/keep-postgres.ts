import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbedded } from '@clawster/database/embedded';
import type { Logger } from 'pino';

const lookMs = 1_000;

/**
 * Starts the built-in PostgreSQL again whenever it has ended by itself, as when the system ran out of memory and killed
 * it: there is nobody else to do it. `stop` ends the keeping, and PostgreSQL.
 */
export function keepPostgres(
  started: EmbeddedPostgres,
  { dataDirectory, log }: { dataDirectory: string; log: Logger },
): { stop(): Promise<void> } {
  let postgres = started;
  const over = new AbortController();
  async function keep(): Promise<void> {
    for (;;) {
      await sleep(lookMs, undefined, { signal: over.signal, ref: false }).catch(() => undefined);
      if (over.signal.aborted) return;
      if (postgres.isRunning()) continue;
      log.error('PostgreSQL has ended by itself: starting it again');
      try {
        postgres = await startEmbedded(dataDirectory);
        log.info('PostgreSQL runs again');
      } catch (error) {
        // What a killed one left behind may hold its memory for a moment: the next look is the next try.
        log.error({ err: error }, 'PostgreSQL could not be started again');
      }
    }
  }
  const keeping = keep();
  return {
    async stop() {
      over.abort();
      await keeping;
      await postgres.stop();
    },
  };
}
