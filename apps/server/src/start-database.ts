import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbedded } from '@clawster/database/embedded';
import { migrate } from '@clawster/database/migrate';
import { type Db, openDatabase } from '@clawster/database/open';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { keepPostgres } from './keep-postgres.ts';

const closeMs = 2_000;

export type RunningDatabase = { db: Db; close(): Promise<void> };

/** Starts the built-in PostgreSQL, or takes the one that is set, and brings it up to this version. */
export async function startDatabase(config: Config, log: Logger): Promise<RunningDatabase> {
  const embedded = config.databaseUrl
    ? undefined
    : await startEmbedded(config.dataDirectory, { onStep: (step) => log.info(step) });
  const kept = embedded && keepPostgres(embedded, { dataDirectory: config.dataDirectory, log });
  try {
    const url = embedded?.url ?? (config.databaseUrl as string);
    // Opened first: what is wrong with the server is said before anything is made in it.
    const db = await openDatabase(url, {
      connectionsMax: 20,
      onAway: (isAway) => (isAway ? log.error('PostgreSQL does not answer') : log.info('PostgreSQL answers again')),
    });
    const applied = await migrate(url);
    if (applied.length > 0) log.info({ applied }, 'The database was brought up to date');
    return {
      db,
      async close() {
        // A server that is gone says no goodbye.
        await Promise.race([db.destroy(), sleep(closeMs, undefined, { ref: false })]);
        await kept?.stop();
      },
    };
  } catch (error) {
    await kept?.stop();
    throw error;
  }
}
