import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { DatabaseTrouble } from './trouble.ts';

const oldest = 15;

/** Refuses a server on which tenancy or migrations would not hold. */
export async function checkServer(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ version: number; user: string; almighty: boolean }>(`
    select current_setting('server_version_num')::int / 10000 as version, current_user as user,
      rolsuper or rolbypassrls as almighty from pg_roles where rolname = current_user`);
  const [server] = rows;
  if (!server) throw new DatabaseTrouble('The database does not know its own role: is this PostgreSQL?');
  if (server.version < oldest) {
    throw new DatabaseTrouble(
      `Clawster needs PostgreSQL ${oldest} or newer and this is ${server.version}: upgrade it, or leave CLAWSTER_DATABASE_URL out to use the built-in one`,
    );
  }
  if (server.almighty) {
    throw new DatabaseTrouble(
      `The role ${server.user} is a superuser or bypasses row-level security, and so would see through the walls between workspaces: ` +
        "create another with: create role clawster login password '…'; create database clawster owner clawster; and put it into CLAWSTER_DATABASE_URL",
    );
  }
  await refuseTransactionPooling(pool);
}

/**
 * What a session was told is still so at its next statement, unless a pooler hands backends out by transaction: then,
 * while another holds its backend, it finds itself on a different one.
 */
async function refuseTransactionPooling(pool: pg.Pool): Promise<void> {
  const [one, other] = [await pool.connect(), await pool.connect()];
  try {
    const mark = randomUUID();
    await one.query("select set_config('clawster.session', $1, false)", [mark]);
    await other.query('begin');
    const { rows: others } = await other.query<Session>(sessionSql);
    const { rows: ours } = await one.query<Session>(sessionSql);
    await other.query('rollback');
    if (ours[0]?.mark !== mark || others[0]?.pid === ours[0]?.pid) {
      throw new DatabaseTrouble(
        'CLAWSTER_DATABASE_URL leads to a pooler in transaction mode, which forgets what a session holds: use its session mode, or the address of PostgreSQL itself',
      );
    }
  } finally {
    one.release();
    other.release();
  }
}

type Session = { mark: string | null; pid: number };
const sessionSql = "select current_setting('clawster.session', true) as mark, pg_backend_pid() as pid";
