import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@clawster/database/embedded';
import pg from 'pg';
import pino from 'pino';
import { expect, test } from 'vitest';
import { keepPostgres } from './keep-postgres.ts';

test('the built-in PostgreSQL is started again when it was killed, with what was committed, and not when it is stopped', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'clawster-keep-'));
  await chmod(folder, 0o711);
  const started = await startEmbedded(folder);
  const kept = keepPostgres(started, { dataDirectory: folder, log: pino({ level: 'silent' }) });
  const ask = async (statement: string) => {
    const client = new pg.Client({ connectionString: started.url });
    client.on('error', () => undefined);
    await client.connect();
    return client.query(statement).finally(() => client.end());
  };
  await ask('create table kept (id int)');
  process.kill(started.pid, 'SIGKILL');
  await expect.poll(() => started.isRunning(), { interval: 5 }).toBe(false);
  await expect
    .poll(() => ask('select from kept').then(() => 'there', String), { timeout: 40_000, interval: 200 })
    .toBe('there');
  await kept.stop();
  await expect(ask('select 1')).rejects.toThrow();
  await rm(folder, { recursive: true, force: true });
});
