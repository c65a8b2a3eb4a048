import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { type Db, openDatabase } from './open.ts';

export type TestDatabase = {
  db: Db;
  url: string;
  /** The superuser's way into the same database, to look behind row-level security. */
  adminUrl: string;
  /** Asks, or changes what only time changes, past row-level security. */
  rows(query: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
};

/** A fresh, migrated database for one test file, seen as the application sees it: without superuser rights. */
export async function testDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const server = process.env['CLAWSTER_TEST_POSTGRES'];
  assert(server, 'Tests that need PostgreSQL run under vitest with packages/database/src/testing-global-setup.ts');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(
    server,
    `create database ${name} owner clawster${options.empty ? '' : ' template template_clawster strategy file_copy'}`,
  );
  const url = server.replace('postgres@', 'clawster@').replace('/postgres?', `/${name}?`);
  const adminUrl = server.replace('/postgres?', `/${name}?`);
  const db = await openDatabase(url);
  return {
    db,
    url,
    adminUrl,
    rows: (query) => asAdmin(adminUrl, query),
    async close() {
      await db.destroy();
      await asAdmin(server, `drop database ${name} with (force)`);
    },
  };
}

async function asAdmin(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}
