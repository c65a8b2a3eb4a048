import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { checkServer } from './check-server.ts';
import type { DB } from './schema.ts';
import { troubleFor } from './trouble.ts';

/** The database, or a transaction in it. */
export type Db = Kysely<DB>;

/** Opens the database behind `url`, or throws a DatabaseTrouble that says what to do. */
export async function openDatabase(url: string, options: { connectionsMax?: number } = {}): Promise<Db> {
  const pool = new pg.Pool(poolConfig(url, options.connectionsMax ?? 10));
  // A pooled connection that dies while idle is replaced when next needed; unheard, the error would end the process.
  pool.on('error', () => undefined);
  try {
    await checkServer(pool);
  } catch (error) {
    await pool.end();
    throw troubleFor(error, url);
  }
  return kyselyOn(pool);
}

export function kyselyOn(pool: pg.Pool): Db {
  return new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}

export function poolConfig(url: string, max: number): pg.PoolConfig {
  return { ...connectionOptions(url), max, connectionTimeoutMillis: 10_000, application_name: 'clawster', types };
}

/** Node-postgres reads a socket's folder from `?host=`, as libpq does. */
export function connectionOptions(url: string): pg.ClientConfig {
  return { connectionString: url };
}

const int8 = 20;
/** Counters and identities stay far below 2^53, and as numbers they can be compared. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 && format !== 'binary'
      ? wholeNumber
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a number`);
  return value;
}
