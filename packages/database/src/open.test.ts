import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkServer } from './check-server.ts';
import { openDatabase } from './open.ts';
import { transactionPooler } from './testing-pooler.ts';
import { type TestDatabase, testDatabase } from './testing.ts';
import { troubleFor } from './trouble.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

describe('what stands in the way is told with what to do', () => {
  test('a superuser', () => expect(openDatabase(database.adminUrl)).rejects.toThrow('create role clawster login'));
  test('an unknown database', () =>
    expect(openDatabase(database.url.replace(/\/test_\w+/, '/nowhere'))).rejects.toThrow('has no database "nowhere"'));
  test('an unknown role', () =>
    expect(openDatabase(database.url.replace('clawster@', 'stranger@'))).rejects.toThrow('does not let stranger in'));
  test('a host with nothing listening', () =>
    expect(openDatabase('postgres://a:b@127.0.0.1:1/c')).rejects.toThrow('Nothing listens at 127.0.0.1:1'));
  test('a missing socket', () =>
    expect(openDatabase('postgres://a@localhost/c?host=/nowhere')).rejects.toThrow('no socket in /nowhere'));

  test('a pooler in transaction mode', async () => {
    const pooler = await transactionPooler(database.url);
    await expect(openDatabase(pooler.url)).rejects.toThrow('a pooler in transaction mode');
    pooler.close();
  });
  test('a PostgreSQL that is too old', async () => {
    const pool = { query: async () => ({ rows: [{ version: 14, user: 'clawster', almighty: false }] }) };
    await expect(checkServer(pool as never)).rejects.toThrow('needs PostgreSQL 15 or newer and this is 14: upgrade it');
  });

  test('a wrong password, which is not repeated', () => {
    const trouble = troubleFor({ code: '28P01' }, 'postgres://ada:secret@db.example/clawster');
    expect(trouble.message).toContain('refused the password of ada');
    expect(trouble.message).not.toContain('secret');
  });

  test('something that is no PostgreSQL', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await expect(openDatabase(`postgres://a:b@127.0.0.1:${port}/c`)).rejects.toThrow();
    server.close();
  });
});

test('identities and counts are numbers', async () => {
  const { rows } = await sql<{ count: number }>`select 9007199254740991::bigint as count`.execute(database.db);
  expect(rows).toEqual([{ count: 9007199254740991 }]);
});
