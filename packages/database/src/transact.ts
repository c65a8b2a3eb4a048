import { type CompiledQuery, type DatabaseConnection, type QueryResult, Transaction } from 'kysely';
import pg from 'pg';
import type { BoundedClient } from './bounded-pool.ts';
import { type Db, partsOf } from './open.ts';
import { prepared } from './prepared.ts';
import type { DB } from './schema.ts';

type Setting = 'clawster.workspace_id' | 'clawster.system' | 'clawster.reach';

/** How a transaction begins: whether it may write, and settings that end with it. */
export type Opening = { readOnly: boolean; settings: Partial<Record<Setting, string>> };

/**
 * Runs `work` in one transaction. What opens it travels with the first statement, statements that are not waited for
 * one by one travel together, and the end of one that only read is not waited for.
 */
export async function transact<T>(db: Db, opening: Opening, work: (tx: Transaction<DB>) => Promise<T>): Promise<T> {
  const { pool, props } = partsOf(db);
  const client: BoundedClient = await pool.connect();
  const connection = new OpenConnection(client);
  client.sendTogether();
  const opened = client.query(textOf(opening));
  // Looked at below; until then a failure must not count as unhandled.
  opened.catch(() => undefined);
  try {
    const executor = db.getExecutor().withConnectionProvider({ provideConnection: (use) => use(connection) });
    const answer = await work(new Transaction<DB>({ ...props, executor }));
    await opened;
    if (opening.readOnly) client.query('commit').catch(() => undefined);
    else await commit(client);
    client.release();
    return answer;
  } catch (error) {
    // When it was not opened, what came after failed for that reason.
    const reason = await opened.then(
      () => error,
      (refused: unknown) => refused,
    );
    await client.query('rollback').then(
      () => client.release(),
      () => client.release(true),
    );
    throw reason;
  } finally {
    connection.isOver = true;
  }
}

/** A database that takes no changes by its own default must go on refusing them: none is opened as "read write". */
function textOf({ readOnly, settings }: Opening): string {
  const set = Object.entries(settings).map(([name, value]) => `; set local ${name} to ${pg.escapeLiteral(value)}`);
  return `begin${readOnly ? ' read only' : ''}${set.join('')}`;
}

/** PostgreSQL answers COMMIT with ROLLBACK when a statement failed, also when nobody looked at its failure. */
async function commit(client: BoundedClient): Promise<void> {
  const { command } = await client.query('commit');
  if (command === 'ROLLBACK') throw new Error('A statement of the transaction failed, and nothing of it was kept');
}

const changing = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** What PostgreSQL answers to everything after a statement that failed. */
const failedBefore = '25P02';

class OpenConnection implements DatabaseConnection {
  readonly #client: BoundedClient;
  #firstFailure: unknown;
  isOver = false;

  constructor(client: BoundedClient) {
    this.#client = client;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.isOver) throw new Error('The transaction is over');
    const { command, rowCount, rows } = await this.#client.query(prepared(query)).catch(this.#tellFirst);
    return { rows: rows as Row[], ...(changing.has(command) ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) };
  }

  /** Of statements that travelled together the first that failed says why. */
  #tellFirst = (error: { code?: string }): never => {
    if (error.code === failedBefore && this.#firstFailure) throw this.#firstFailure;
    this.#firstFailure ??= error;
    throw error;
  };

  streamQuery(): never {
    throw new Error('Rows are read whole: page through them');
  }
}
