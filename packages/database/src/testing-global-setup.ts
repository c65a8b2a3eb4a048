import { mkdtemp, rm, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';

/** One PostgreSQL for the whole test run, with a migrated database that each test file copies. */
export default async function setUp(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'clawster-test-'));
  // Passable, for when the tests run as root and PostgreSQL as someone else.
  await chmod(folder, 0o711);
  const postgres = await startEmbedded(folder, { forgetful: true });
  const admin = new pg.Client({ connectionString: postgres.adminUrl });
  await admin.connect();
  await admin.query('create database template_clawster owner clawster');
  await admin.end();
  await migrate(postgres.url.replace('/clawster?', '/template_clawster?'));
  process.env['CLAWSTER_TEST_POSTGRES'] = postgres.adminUrl;
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
