import type { Writable } from 'node:stream';
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';
import type { Gate } from './gate.ts';

/** How the pool is used, for those who watch it. */
export type PoolState = {
  open: number;
  idle: number;
  waiting: number;
  /** Since the start: how often a connection was asked for, and how long it was waited for in all. */
  waits: number;
  waitedMs: number;
};

export type BoundedClient = Omit<PostgresPoolClient, 'query' | 'release'> & {
  query(query: pg.QueryConfig | string): Promise<pg.QueryResult>;
  release(destroy?: boolean): void;
  /** Holds back what is asked in this turn of the event loop, and sends it at once. */
  sendTogether(): void;
};
export type BoundedPool = Omit<PostgresPool, 'connect'> & {
  connect(): Promise<BoundedClient & PostgresPoolClient>;
  state(): PoolState;
};

/**
 * Longer than PostgreSQL's own statement_timeout: beyond it nobody is at the other end, and no reset says so.
 * The connection is then given up with all that waits on it.
 */
const answerMs = 10_000;

/** A pool of which every wait has an end: for a connection, for an answer, and at the gate while nobody answers. */
export function boundedPool(pool: pg.Pool, gate: Gate, options: { answerMs?: number } = {}): BoundedPool {
  const waited = { waits: 0, waitedMs: 0 };
  const openedAt = new WeakMap<pg.PoolClient, number>();

  /** A connection of the server that answers now. */
  async function connected(): Promise<{ client: pg.PoolClient; shut: () => void }> {
    for (;;) {
      const client = await pool.connect();
      const times = openedAt.get(client) ?? gate.times();
      openedAt.set(client, times);
      if (times === gate.times()) return { client, shut: shutAt(times) };
      cutOff(client);
      client.release(true);
    }
  }

  /** What was waited for before the gate was shut the last time says nothing of the server that answers since. */
  function shutAt(times: number): () => void {
    return () => {
      if (times === gate.times()) gate.shut();
    };
  }

  return {
    options: pool.options,
    async connect() {
      gate.enter();
      const since = performance.now();
      const shut = shutAt(gate.times());
      try {
        return bounded(await connected(), options.answerMs ?? answerMs);
      } catch (error) {
        if (isUnanswered(error)) shut();
        throw error;
      } finally {
        waited.waits += 1;
        waited.waitedMs += performance.now() - since;
      }
    },
    end: () => pool.end(),
    state: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount, ...waited }),
  };
}

/** Not the wait for one of our own connections: those being in use says nothing about the server. */
function isUnanswered(error: unknown): boolean {
  return error instanceof Error && error.message === 'Connection terminated due to connection timeout';
}

function bounded(
  { client, shut }: { client: pg.PoolClient; shut: () => void },
  ms: number,
): BoundedClient & PostgresPoolClient {
  return {
    async query<Row>(sql: unknown, parameters?: readonly unknown[]) {
      const timer = setTimeout(() => {
        shut();
        cutOff(client);
      }, ms);
      try {
        return (await client.query(sql as string, parameters as unknown[])) as unknown as PostgresQueryResult<Row>;
      } finally {
        clearTimeout(timer);
      }
    },
    sendTogether() {
      const stream = streamOf(client);
      stream.cork();
      process.nextTick(() => stream.uncork());
    },
    release: (destroy?: boolean) => client.release(destroy),
  } as BoundedClient & PostgresPoolClient;
}

/** Drops the connection without a goodbye that nobody would hear; what waits on it is rejected at once. */
function cutOff(client: pg.PoolClient): void {
  streamOf(client).destroy();
}

function streamOf(client: pg.PoolClient): Writable {
  return (client as unknown as { connection: { stream: Writable } }).connection.stream;
}
