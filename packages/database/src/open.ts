import assert from 'node:assert/strict';
import { CamelCasePlugin, Kysely, type KyselyProps, PostgresDialect } from 'kysely';
import pg from 'pg';
import { type BoundedPool, boundedPool, type PoolState } from './bounded-pool.ts';
import { checkServer } from './check-server.ts';
import { createGate } from './gate.ts';
import type { DB } from './schema.ts';
import { troubleFor } from './trouble.ts';

/** The database, or a transaction in it. */
export type Db = Kysely<DB>;

type Options = {
  connectionsMax?: number;
  /** Told when the server stops answering, and when it answers again. */
  onAway?: (isAway: boolean) => void;
  /** For tests, which have no time: how long an answer, and a connection, is waited for. */
  answerMs?: number;
  connectMs?: number;
};

/** Opens the database behind `url`, or throws a DatabaseTrouble that says what to do. */
export async function openDatabase(url: string, options: Options = {}): Promise<Db> {
  const pool = new pg.Pool({
    ...poolConfig(url, options.connectionsMax ?? 10),
    ...(options.connectMs ? { connectionTimeoutMillis: options.connectMs } : {}),
  });
  // A pooled connection that dies while idle is replaced when next needed; unheard, the error would end the process.
  pool.on('error', () => undefined);
  try {
    await checkServer(pool);
  } catch (error) {
    await pool.end();
    throw troubleFor(error, url);
  }
  const gate = createGate(() => probe(url), options.onAway ?? (() => undefined));
  const bounded = boundedPool(pool, gate, options);
  const db = kyselyOn({ ...bounded, end: () => (gate.close(), bounded.end()) });
  states.set(db, () => ({ ...bounded.state(), isAway: gate.isShut() }));
  return db;
}

const states = new WeakMap<Db, () => PoolState & { isAway: boolean }>();

/** How the pool of this database is used, and whether its server answers. */
export function poolState(db: Db): PoolState & { isAway: boolean } {
  return states.get(db)?.() ?? { open: 0, idle: 0, waiting: 0, waits: 0, waitedMs: 0, isAway: false };
}

type Parts = { pool: BoundedPool; props: Omit<KyselyProps, 'executor'> };
const partsByDb = new WeakMap<Db, Parts>();

function kyselyOn(pool: BoundedPool): Db {
  const dialect = new PostgresDialect({ pool });
  const config = { dialect, plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })] };
  const db = new Kysely<DB>(config);
  partsByDb.set(db, { pool, props: { config, dialect, driver: dialect.createDriver() } });
  return db;
}

/** What an opened database is made of, for transactions. */
export function partsOf(db: Db): Parts {
  const parts = partsByDb.get(db);
  assert(parts, 'A transaction cannot be opened in a transaction');
  return parts;
}

/** Whether the server answers a stranger. */
async function probe(url: string): Promise<void> {
  const client = new pg.Client({
    ...connectionOptions(url),
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_000,
    application_name: 'clawster probe',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
  } finally {
    // Not awaited: a goodbye to a server that is gone would never end.
    void client.end();
  }
}

/**
 * What PostgreSQL itself ends, for every connection of ours: statements and waits for locks, so that a slow database
 * is an answer; and transactions whose process was paused, so that it does not hold up the others.
 */
const sessionSettings =
  "set statement_timeout = '8s'; set lock_timeout = '5s'; set idle_in_transaction_session_timeout = '10s'";

function poolConfig(url: string, max: number): pg.PoolConfig {
  return {
    ...connectionOptions(url),
    max,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: 'clawster',
    types,
    // Statements are sent when they are asked, not when the one before was answered.
    pipeline: true,
    async onConnect(client) {
      // One that dies while in use tells it to whoever waits for it; unheard, the error would end the process.
      client.on('error', () => undefined);
      await client.query(sessionSettings);
    },
  };
}

/** Node-postgres reads a socket's folder from `?host=`, as libpq does. */
export function connectionOptions(url: string): pg.ClientConfig {
  return { connectionString: url };
}

/**
 * Counters and identities stay far below 2^53, and as numbers they can be compared. A date is a day of UTC here, `2026-11-27`:
 * what the driver makes of it is a moment in the time zone of this process.
 */
const parsers: Record<number, (text: string) => unknown> = { 20: wholeNumber, 1082: (text) => text };
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers[oid]) ??
    pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a number`);
  return value;
}
