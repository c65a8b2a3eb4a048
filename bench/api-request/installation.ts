import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@clawster/client/client';
import { startEmbedded } from '@clawster/database/embedded';
import pg from 'pg';
import { bundle } from '../support/bundle.ts';
import { makeOwner, type Owner } from '../support/owner.ts';
import { serve, type Served } from '../support/served.ts';

/** A fresh product with an owner and their bots, none of which runs, beside a bare server. */
export type Measured = AsyncDisposable & {
  server: Served;
  bare: Served;
  /** The framework alone, which none of ours can be below. */
  nest: Served;
  /** The superuser's own connections, past our code and past row-level security. */
  database: pg.Pool;
  cookie: string;
  botIds: string[];
};

export async function startMeasured(bots: number): Promise<Measured> {
  const directory = await mkdtemp(join(tmpdir(), 'clawster-bench-'));
  // Passable, for when this runs as root and PostgreSQL as someone else.
  await chmod(directory, 0o711);
  const postgres = await startEmbedded(directory);
  const bare = await serve(await bundle(join(import.meta.dirname, 'bare.ts')));
  const nest = await serve(await bundle(join(import.meta.dirname, 'nest.ts')));
  const server = await serve(await bundle(join(import.meta.dirname, 'product.ts')), {
    CLAWSTER_DATA_DIR: directory,
    CLAWSTER_DATABASE_URL: postgres.url,
    CLAWSTER_PORT: '0',
    // Registered as in production; nothing is asked of it.
    CLAWSTER_DASHBOARD_URL: 'http://127.0.0.1:9',
    // The loops' own work is not a request's.
    CLAWSTER_ROLES: 'http',
  });
  const database = new pg.Pool({ connectionString: postgres.adminUrl.replace('/postgres?', '/clawster?'), max: bots });
  // It is stopped under whatever connection is still open then.
  database.on('error', () => undefined);
  const owner = await makeOwner(server);
  const botIds = await makeBots(owner, bots);
  await tellReady(database);
  return {
    server,
    bare,
    nest,
    database,
    cookie: owner.cookie,
    botIds,
    async [Symbol.asyncDispose]() {
      await Promise.all([server.stop(), bare.stop(), nest.stop(), database.end()]);
      await postgres.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function makeBots({ url, cookie }: Owner, count: number): Promise<string[]> {
  const client = createClient({ baseUrl: url, headers: { cookie } });
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1)
    ids.push((await client.bots.create({ name: `bot-${index}`, start: false })).id);
  return ids;
}

/** Gives every bot the status of one that is ready: what a read has to carry in earnest. */
async function tellReady(database: pg.Pool): Promise<void> {
  const at = new Date().toISOString();
  const status = {
    reason: 'The model answered "OK" after 1.2 s',
    since: at,
    observedGeneration: 1,
    memoryBytes: 812_000_000,
    evidence: ['target', 'supervisor', 'gateway', 'model'].map((source) => ({
      source,
      ok: true,
      text: `The ${source} was seen to work`,
      at,
    })),
    steps: ['runtime', 'supervisor', 'link', 'gateway', 'model'].map((name) => ({
      name,
      label: `The step ${name}`,
      state: 'done',
      startedAt: at,
      endedAt: at,
    })),
  };
  await database.query("update bot set phase = 'ready', status = $1", [status]);
}
