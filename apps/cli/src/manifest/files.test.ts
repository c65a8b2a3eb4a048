import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Manifest, manifestKinds } from '@clawster/contract/manifest';
import { expect, test } from 'vitest';
import { cliAt } from '../testing/cli-at.ts';
import { jsonSchemaOf } from './files.ts';

const items: Manifest[] = [
  {
    kind: 'Template',
    name: 'Desk & Co',
    content: { variables: [], settings: { identity: { role: 'Line one\nline two' } }, locked: [] },
  },
  { kind: 'Profile', name: 'House', settings: { openclaw: { tools: { allow: { $add: ['ls'] } } } } },
  { kind: 'Bot', name: 'Ada', labels: { team: 'a' }, profiles: ['House'], desired: 'running' },
];
const plan = {
  id: 'plan-1',
  unchanged: 1,
  steps: [
    { do: 'create', kind: 'Profile', name: 'House', changes: [] },
    { do: 'update', kind: 'Bot', name: 'Ada', changes: [{ path: 'personality', before: 'a', after: 'b' }] },
    { do: 'delete', kind: 'Overlay', name: 'Old', changes: [] },
  ],
};
const cli = () =>
  cliAt({
    'manifests.export': () => ({ items }),
    'manifests.plan': () => plan,
    'manifests.apply': () => plan,
  });
const folderOf = async (files: Record<string, string>) => {
  const folder = await mkdtemp(join(tmpdir(), 'files-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
};

test('a workspace is written as readable files, with a schema for editors, and read back as it was', async () => {
  const { run, server } = await cli();
  const folder = await folderOf({ 'bots/gone.yaml': 'kind: Bot\nname: Gone\n', 'README.md': 'mine' });
  expect((await run(['export', folder])).stdout).toContain('3 files are in');
  expect((await readdir(folder, { recursive: true })).toSorted()).toEqual([
    'README.md',
    'bots',
    'bots/ada.yaml',
    'profiles',
    'profiles/house.yaml',
    'schemas',
    ...manifestKinds.map((kind) => `schemas/${kind}.json`).toSorted(),
    'templates',
    expect.stringMatching(/^templates\/desk-co-[0-9a-f]+\.yaml$/),
  ]);
  const ada = await readFile(join(folder, 'bots/ada.yaml'), 'utf8');
  expect(ada.split('\n').slice(0, 3)).toEqual([
    '# yaml-language-server: $schema=../schemas/Bot.json',
    'kind: Bot',
    'name: Ada',
  ]);
  await run(['plan', '-f', folder]);
  const input = server.calls.at(-1)?.input as { items: Manifest[] } | undefined;
  expect(input?.items.toSorted(byKind)).toEqual(items.toSorted(byKind));
});

const byKind = (one: Manifest, other: Manifest) => (one.kind < other.kind ? -1 : 1);

test('a plan shows what is made, changed and deleted; just that is applied', async () => {
  const { run, server } = await cli();
  const folder = await folderOf({ 'all.yml': 'kind: Bot\nname: Ada\n---\nkind: Profile\nname: House\nsettings: {}\n' });
  const { stdout } = await run(['plan', '--file', folder, '--prune']);
  expect(stdout.trimEnd().split('\n')).toEqual([
    '+ Profile House',
    '~ Bot Ada',
    '    personality',
    '      - a',
    '      + b',
    '- Overlay Old',
    '1 to make, 1 to change, 1 to delete, 1 unchanged.',
  ]);
  await run(['apply', '-f', folder, '--plan', 'plan-1']);
  expect(server.calls.at(-1)?.input).toMatchObject({
    planId: 'plan-1',
    prune: false,
    items: [{ name: 'Ada' }, { name: 'House' }],
  });
});

test.each([
  ['no YAML', 'kind: [', /bad\.yaml is not valid YAML/],
  ['an unknown kind', 'kind: Robot\nname: x\n', /bad\.yaml: kind: .*Template, Profile, Overlay or Bot/],
  ['an unknown field', 'kind: Bot\nname: Ada\ncolour: red\n', /bad\.yaml: .*colour/],
  ['the place in a file of several', 'kind: Bot\nname: Ada\n---\nkind: Bot\nname: 1\n', /bad\.yaml: document 2: name/],
  ['aliases', 'kind: Bot\nname: &a Ada\npersonality: *a\n', /uses YAML aliases/],
])('%s is told with its file, before anything is asked', async (_, text, message) => {
  const { run, server } = await cli();
  const { code, stderr } = await run(['apply', '-f', await folderOf({ 'bad.yaml': text })]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  expect(server.calls).toEqual([]);
});

test('an empty folder prunes nothing, and one that is not there is named', async () => {
  const { run, server } = await cli();
  const empty = await run(['apply', '-f', await folderOf({}), '--prune']);
  expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('everything would be deleted')]);
  expect((await run(['apply', '-f', '/nowhere'])).stderr).toContain('cannot be read');
  expect(server.calls).toEqual([]);
});

test.each(manifestKinds)('the schema of a %s says what a file must and may hold', (kind) => {
  const schema = jsonSchemaOf(kind) as {
    required: string[];
    properties: Record<string, unknown>;
    additionalProperties: unknown;
  };
  expect(schema.required).toEqual(expect.arrayContaining(['kind', 'name']));
  expect(schema.properties['kind']).toMatchObject({ const: kind });
  expect(schema.additionalProperties).toBe(false);
});
