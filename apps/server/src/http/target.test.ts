import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '@clawster/client/client';
import type { TargetRow } from '@clawster/control-plane/plane';
import { readTargetKey } from '@clawster/control-plane/target/target-key';
import { type TestApp, testApp } from './test-app.ts';

const key = '-----BEGIN PRIVATE KEY-----\nnever-to-be-seen\n-----END PRIVATE KEY-----';
const certificate = '-----BEGIN CERTIFICATE-----\nopen\n-----END CERTIFICATE-----';
const tls = { via: 'tls' as const, host: '127.0.0.1', port: 2376, ca: certificate, certificate, key };
const controlPlaneUrl = 'https://clawster.example.com';

let app: TestApp;
let workspaceId: string;
let asked: { row: TargetRow; key: string | undefined }[];
let answer = { ok: true, message: 'Docker 28, room for 3 more' };
beforeAll(async () => {
  app = await testApp();
  workspaceId = await app.newWorkspace();
  app.plane.connectTarget = async (row, unsaved) => {
    asked.push({ row, key: unsaved });
    return { ...nowhere, probe: async () => answer };
  };
});
afterAll(() => app.close());

const nothing = async () => undefined;
const nowhere = { inspect: async () => ({ state: 'absent' as const }), apply: nothing, stop: nothing, remove: nothing };
const clientOf = async (role: 'owner' | 'operator' = 'owner') => {
  asked = [];
  return createClient({ baseUrl: app.url, apiKey: await app.keyOf(workspaceId, role) });
};

test('an engine is asked with its key before it is added; the key is sealed, and in no answer, row or event', async () => {
  const client = await clientOf();
  const made = await client.targets.create({ name: 'Rack', kind: 'docker', connection: tls, controlPlaneUrl });
  expect(made).toMatchObject({ kind: 'docker', health: { ok: true, message: 'Docker 28, room for 3 more' } });
  expect(asked).toMatchObject([
    { key: `${key}\n`, row: { settings: { connection: { via: 'tls', host: '127.0.0.1' } } } },
  ]);
  expect(await readTargetKey(app.plane, made.id)).toBe(`${key}\n`);
  const every = JSON.stringify(
    await app.database.rows(
      'select row_to_json(target)::text as text from target union all select row_to_json(event)::text from event',
    ),
  );
  expect(every).toContain('target-created');
  for (const said of [JSON.stringify(made), JSON.stringify(asked[0]?.row), every])
    expect(said).not.toContain('never-to-be-seen');
});

test('an engine that has no room, or does not answer, is not added', async () => {
  const client = await clientOf();
  answer = { ok: false, message: 'no room for one more' };
  await expect(client.targets.create({ name: 'Full', kind: 'docker' })).rejects.toThrow('no room for one more');
  answer = { ok: true, message: 'there is room' };
  expect((await client.targets.list({})).items.map(({ name }) => name)).not.toContain('Full');
});

test('an engine elsewhere needs a way home for its bots', async () => {
  const client = await clientOf();
  await expect(client.targets.create({ name: 'Away', kind: 'docker', connection: tls })).rejects.toThrow(
    'reach this Clawster',
  );
  expect(asked).toEqual([]);
});

test('a Swarm needs a way home for its bots and an image that its nodes can pull; both are kept', async () => {
  const client = await clientOf();
  const swarm = { name: 'Herd', kind: 'docker-swarm' as const, nodeLabel: 'bots=yes' };
  const image = `registry.example.com/bot@sha256:${'a1'.repeat(32)}`;
  await expect(client.targets.create({ ...swarm, image })).rejects.toThrow('nodes of that Swarm reach');
  await expect(client.targets.create({ ...swarm, controlPlaneUrl })).rejects.toThrow('cannot build for each other');
  expect(asked).toEqual([]);
  expect(await client.targets.create({ ...swarm, image, controlPlaneUrl })).toMatchObject({ kind: 'docker-swarm' });
  expect(asked).toMatchObject([{ row: { settings: { image, controlPlaneUrl, nodeLabel: 'bots=yes' } } }]);
});

test('a shared server hands out neither its own engine nor addresses inside', async () => {
  const client = await clientOf();
  app.plane.settings.allowPrivateAddresses = false;
  await expect(client.targets.create({ name: 'Own', kind: 'docker' })).rejects.toThrow('This Clawster is shared');
  const inside = client.targets.create({ name: 'Inside', kind: 'docker', connection: tls, controlPlaneUrl });
  await expect(inside).rejects.toThrow();
  app.plane.settings.allowPrivateAddresses = true;
  expect(asked).toEqual([]);
});

test('who may not manage targets adds none', async () => {
  const client = await clientOf('operator');
  await expect(client.targets.create({ name: 'Mine', kind: 'docker' })).rejects.toThrow('target:manage');
});
