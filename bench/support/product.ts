import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@clawster/database/embedded';
import pg from 'pg';
import { bundle } from './bundle.ts';
import { makeOwner } from './owner.ts';
import { serve, type Served } from './served.ts';

/** A fresh product with an owner, in processes of its own. */
export type Product = AsyncDisposable & {
  server: Served;
  /** The superuser's own connections, past our code and past row-level security. */
  database: pg.Pool;
  /** Of the server's own role. */
  databaseUrl: string;
  cookie: string;
  /** Starts another server in the place of the one that ended. */
  again(): Promise<void>;
};

type Start = { entry: string; env?: Record<string, string>; connections: number };

export async function startProduct({ entry, env = {}, connections }: Start): Promise<Product> {
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
  const adminUrl = postgres.adminUrl.replace('/postgres?', '/clawster?');
  const database = new pg.Pool({ connectionString: adminUrl, max: connections });
  // It is stopped under whatever connection is still open then.
  database.on('error', () => undefined);
  const product: Product = {
    server,
    database,
    databaseUrl: postgres.url,
    cookie: await makeOwner(server),
    async again() {
      product.server = await start(server.url.port);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([product.server.stop(), database.end()]);
      await postgres.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
  return product;
}
