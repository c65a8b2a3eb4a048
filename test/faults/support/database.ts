import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbedded } from '@clawster/database/embedded';
import { startTcpProxy, type TcpProxy } from '@clawster/link/testing/tcp-proxy';
import pg from 'pg';

/** A PostgreSQL of the suite's own, as durable as that of a user, and the way to it that can go bad. */
export type FaultDatabase = {
  /** Through the proxy. */
  url: string;
  proxy: TcpProxy;
  pid(): number;
  /** As an operator restarts it: sessions are cut, what is committed is kept. */
  restart(): Promise<void>;
  /** Its process is gone between two instructions. */
  kill(): void;
  /** Starts it again; resolves when it accepts. */
  start(): Promise<void>;
  rows<Row extends pg.QueryResultRow>(statement: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
};

/** `directory` is one PostgreSQL's user can reach. */
export async function startFaultDatabase(directory: string): Promise<FaultDatabase> {
  await mkdir(directory, { recursive: true });
  await chmod(directory, 0o711);
  let postgres = await startEmbedded(directory);
  const sockets = new URL(postgres.url).searchParams.get('host') ?? '';
  const proxy = await startTcpProxy(join(sockets, '.s.PGSQL.5432'));
  const database: FaultDatabase = {
    url: `postgres://clawster@127.0.0.1:${proxy.port}/clawster`,
    proxy,
    pid: () => postgres.pid,
    async restart() {
      await postgres.stop();
      await database.start();
    },
    kill: () => void process.kill(postgres.pid, 'SIGKILL'),
    async start() {
      postgres = await patiently(() => startEmbedded(directory));
    },
    rows: (statement, values) => asAdmin(postgres.adminUrl.replace('/postgres?', '/clawster?'), statement, values),
    async close() {
      await proxy.close();
      await postgres.stop();
    },
  };
  return database;
}

/** What a killed postmaster left behind goes by itself within a second or two, and until then no other begins. */
async function patiently<T>(start: () => Promise<T>): Promise<T> {
  for (let left = 20; ; left -= 1) {
    try {
      return await start();
    } catch (error) {
      if (left === 0) throw error;
      await sleep(250);
    }
  }
}

async function asAdmin<Row extends pg.QueryResultRow>(
  url: string,
  statement: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(statement, values)).rows;
  } finally {
    await client.end();
  }
}
