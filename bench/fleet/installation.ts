import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@clawster/database/embedded';
import pg from 'pg';
import { createIdentity, type Identity } from '../../apps/server/src/seed/stand-in-supervisor.ts';
import { bundle } from '../support/bundle.ts';
import { makeOwner } from '../support/owner.ts';
import { serve, type Served } from '../support/served.ts';
import { insertBots } from './insert-bots.ts';

/** The built server with bots that were ready once, and may dial in: all with the same key. */
export type Fleet = AsyncDisposable & {
  server: Served;
  /** The superuser's own connections, past our code and past row-level security. */
  database: pg.Pool;
  /** Of the server's own role. */
  databaseUrl: string;
  cookie: string;
  botIds: string[];
  identity: Identity;
  /** Starts another server in the place of the one that ended. */
  again(): Promise<void>;
};

export async function startFleet(
  bots: number,
  env: Record<string, string>,
  entry = join(import.meta.dirname, 'server.ts'),
): Promise<Fleet> {
  const directory = await mkdtemp(join(tmpdir(), 'clawster-bench-'));
  // Passable, for when this runs as root and PostgreSQL as someone else.
  await chmod(directory, 0o711);
  const postgres = await startEmbedded(directory);
  const file = await bundle(entry);
  const start = (port: string) =>
    serve(file, {
      CLAWSTER_DATA_DIR: directory,
      CLAWSTER_DATABASE_URL: postgres.url,
      CLAWSTER_PORT: port,
      ...env,
    });
  const server = await start('0');
  const database = new pg.Pool({ connectionString: postgres.adminUrl.replace('/postgres?', '/clawster?'), max: 20 });
  // It is stopped under whatever connection is still open then.
  database.on('error', () => undefined);
  const { cookie } = await makeOwner(server);
  const identity = createIdentity();
  const fleet: Fleet = {
    server,
    database,
    databaseUrl: postgres.url,
    cookie,
    identity,
    botIds: await insertBots(database, { count: bots, publicKey: identity.publicKey }),
    async again() {
      fleet.server = await start(server.url.port);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([fleet.server.stop(), database.end()]);
      await postgres.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
  return fleet;
}
