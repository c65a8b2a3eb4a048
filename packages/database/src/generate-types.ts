import { mkdtemp, chmod, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';
import { schemaOf } from './schema-of.ts';

/** Writes schema.ts from a database that has all migrations: `pnpm db:types`. */
const folder = await mkdtemp(join(tmpdir(), 'clawster-types-'));
await chmod(folder, 0o711);
const postgres = await startEmbedded(folder, { forgetful: true });
try {
  await migrate(postgres.url);
  await writeFile(fileURLToPath(new URL('schema.ts', import.meta.url)), await schemaOf(postgres.url));
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
