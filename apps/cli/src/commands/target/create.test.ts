import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cliAt } from '../../testing/cli-at.ts';

const key = '-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----\n';
const made = {
  id: '3f6f3f0e-6f43-4d53-9c38-666666666666',
  name: 'Rack',
  kind: 'docker',
  botCount: 0,
  health: { ok: true, message: 'Docker 28: room for 3 more', checkedAt: '2026-01-01T00:00:00Z' },
  orphans: [],
  createdAt: '2026-01-01T00:00:00Z',
};
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clawster-target-'));
  for (const name of ['ca', 'certificate', 'key']) await writeFile(join(folder, name), key);
});
afterAll(() => rm(folder, { recursive: true }));

test('an engine is added as it is told how to reach it, and what it answered is shown', async () => {
  const asked: unknown[] = [];
  const { run } = await cliAt({ 'targets.create': (input: unknown) => (asked.push(input), made) });
  const files = ['ca', 'certificate', 'key'].flatMap((name) => [`--${name}`, join(folder, name)]);
  const url = ['--control-plane-url', 'https://clawster.example.com'];
  expect((await run(['target', 'create', 'docker', 'Here'])).stdout).toContain('room for 3 more');
  await run(['target', 'create', 'docker', 'Rack', '--tls', 'rack.example.com:2380', ...files, ...url]);
  expect(asked).toMatchObject([
    { name: 'Here', connection: { via: 'socket', path: '/var/run/docker.sock' } },
    { name: 'Rack', connection: { via: 'tls', host: 'rack.example.com', port: 2380 }, controlPlaneUrl: url[1] },
  ]);
});

test('a Swarm is added at one of its managers, with the image and the nodes that are meant', async () => {
  const asked: unknown[] = [];
  const { run } = await cliAt({ 'targets.create': (input: unknown) => (asked.push(input), made) });
  const image = `registry.example.com/bot@sha256:${'a1'.repeat(32)}`;
  const url = 'https://clawster.example.com';
  const how = ['--control-plane-url', url, '--image', image, '--node-label', 'bots=yes'];
  await run(['target', 'create', 'docker-swarm', 'Herd', ...how]);
  expect(asked).toMatchObject([
    { kind: 'docker-swarm', name: 'Herd', controlPlaneUrl: url, image, nodeLabel: 'bots=yes' },
  ]);
});

test('two ways to one engine, a file that is not there, and what is no engine are refused', async () => {
  const { run } = await cliAt({});
  const refused = async (...args: string[]) => (await run(['target', 'create', ...args])).stderr;
  expect(await refused('docker', 'Rack', '--socket', '/s', '--tls', 'rack:1')).toContain('once');
  expect(await refused('docker', 'Rack', '--ssh', 'me@rack', '--key', '/nowhere/key')).toContain('/nowhere/key');
  expect(await refused('balloon', 'Rack')).toContain('Only a docker engine');
});
