import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { schemaOf } from './schema-of.ts';
import { testDatabase } from './testing.ts';

test('schema.ts is what the migrations make: if not, run `pnpm db:types`', async () => {
  const database = await testDatabase();
  try {
    expect(await readFile(new URL('schema.ts', import.meta.url), 'utf8')).toBe(await schemaOf(database.url));
  } finally {
    await database.close();
  }
});
