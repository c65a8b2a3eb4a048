import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readKeptSchema, shippedSchemas, writeKeptSchema } from './schema-files.ts';
import { schemaOf } from './schema-of.ts';
import { testedVersions } from './versions.ts';

test.each(testedVersions)('the schema of %s comes with Clawster, and is read once', (version) => {
  const schema = schemaOf(version);
  expect(schema.version).toBe(version);
  expect(Object.keys(schema.root.properties ?? {})).toEqual(expect.arrayContaining(['agents', 'gateway', 'tools']));
  expect(schema.reloadKinds).toMatchObject({ 'agents.entries': 'hot', 'gateway.reload': 'none' });
  expect(schemaOf(version)).toBe(schema);
});

test.each(testedVersions)('the schema of %s is kept whole: title and description, too', (version) => {
  const kept = readKeptSchema(shippedSchemas, version)?.schema as { $schema: string; properties: object };
  expect(kept.$schema).toBe('http://json-schema.org/draft-07/schema#');
  expect(JSON.stringify(kept.properties)).toContain('"description":"TCP port used by the gateway listener');
});

test.each(['2026.9.5', '', '../2026.9.6', '2026.9.6/', 'constructor'])('there is no schema of "%s"', (version) => {
  expect(() => schemaOf(version)).toThrow(/keeps no configuration schema.*Choose one of: 2026\.9\.6/);
});

test('what is written is read back, and written again it is the same to the byte', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'clawster-schemas-'));
  try {
    const kept = { schema: { type: 'object' }, reloadKinds: { b: 'hot', a: 'none' } } as const;
    await writeKeptSchema(directory, '2099.1.1', kept);
    expect(readKeptSchema(directory, '2099.1.1')).toEqual(kept);
    const first = await readFile(join(directory, '2099.1.1', 'schema.json.gz'));
    await writeKeptSchema(directory, '2099.1.1', { ...kept, reloadKinds: { a: 'none', b: 'hot' } });
    expect(await readFile(join(directory, '2099.1.1', 'schema.json.gz'))).toEqual(first);
    expect(readKeptSchema(directory, '2099.1.2')).toBeUndefined();
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
