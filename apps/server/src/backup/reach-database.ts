import { startEmbedded } from '@clawster/database/embedded';
import type { Config } from '../config.ts';

/** Gives the database's URL to `work`, and starts the built-in PostgreSQL for that long where nobody runs it already. */
export async function withDatabase<T>(config: Config, work: (url: string) => Promise<T>): Promise<T> {
  if (config.databaseUrl) return work(config.databaseUrl);
  const embedded = await startEmbedded(config.dataDirectory);
  try {
    return await work(embedded.url);
  } finally {
    // One that ran before may be a server's, which works on.
    if (!embedded.wasRunning) await embedded.stop();
  }
}
