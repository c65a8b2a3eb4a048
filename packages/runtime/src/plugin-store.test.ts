import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packageOf, projectIn } from './channel-plugin.ts';
import { openRuntimeStore } from './open-store.ts';
import { placePlugin } from './place-plugin.ts';
import { tinyRegistry, type TinyRegistry } from './testing/tiny-registry.ts';

const version = '2026.9.6';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clawster-plugins-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const storeFor = (registry: TinyRegistry) =>
  openRuntimeStore({
    directory: join(folder, 'runtimes'),
    locksDirectory: registry.locksDirectory,
    environment: { ...process.env, npm_config_registry: registry.url },
    diskBytesNeeded: 1e6,
  });
const template = () => join(folder, 'runtimes', 'plugins', version, 'slack');
const state = () => join(folder, 'bot', 'state');
const place = () =>
  placePlugin({
    channel: 'slack',
    template: template(),
    stateDirectory: state(),
    runtimeDirectory: join(folder, 'openclaw'),
  });

// pnpm tries again before it gives up, and the machine may be busy.
describe('a channel plugin', { timeout: 120_000 }, () => {
  test('is prepared once for all who ask, in this process or another, and tells how far it is', async () => {
    await using registry = await tinyRegistry(version);
    const [one, other] = [storeFor(registry), storeFor(registry)];
    const heard: string[] = [];
    expect(await one.hasPlugin(version, 'slack')).toBe(false);
    await Promise.all([
      one.addPlugin(version, 'slack', { onProgress: ({ message }) => heard.push(message) }),
      one.addPlugin(version, 'slack'),
      other.addPlugin(version, 'slack'),
    ]);
    expect(registry.downloads).toBe(1);
    expect(await other.hasPlugin(version, 'slack')).toBe(true);
    expect(heard.at(-1)).toBe("OpenClaw's plugin for slack 2026.9.6 is prepared");
    expect(await readdir(join(folder, 'runtimes', 'staging'))).toEqual([]);
  });

  test.each([
    ['tampered', 'is not the one Clawster was tested with'],
    ['missing', 'the registry does not have all its packages'],
  ] as const)('that comes %s is refused with a sentence, and nothing of it stays', async (behaviour, sentence) => {
    await using registry = await tinyRegistry(version);
    const store = storeFor(registry);
    registry.behaviour = behaviour;
    await expect(store.addPlugin(version, 'slack')).rejects.toThrow(sentence);
    expect(await store.hasPlugin(version, 'slack')).toBe(false);
    expect(await readdir(join(folder, 'runtimes', 'staging'))).toEqual([]);
    registry.behaviour = 'honest';
    await store.addPlugin(version, 'slack');
    expect(await store.hasPlugin(version, 'slack')).toBe(true);
  });

  test('that no lockfile pins is not fetched', async () => {
    await using registry = await tinyRegistry(version);
    await expect(storeFor(registry).addPlugin(version, 'discord')).rejects.toThrow('was not tested with this Clawster');
    expect(registry.downloads).toBe(0);
  });

  test('is placed in a bot as OpenClaw wants it: files of its own there, the rest shared, and OpenClaw beside it', async () => {
    await using registry = await tinyRegistry(version);
    expect(await place()).toBe('not prepared');
    await storeFor(registry).addPlugin(version, 'slack');
    expect(await place()).toBe('placed');
    expect(await place()).toBe('there already');

    const own = packageOf(projectIn(state(), 'slack'), 'slack');
    expect((await lstat(join(own, 'openclaw.plugin.json'))).nlink).toBe(1);
    const shared = join('node_modules', 'bolt', 'package.json');
    const [here, there] = await Promise.all([own, packageOf(template(), 'slack')].map((at) => stat(join(at, shared))));
    // The same file, or one whose bytes the file system shares.
    expect([1, 2]).toContain(here?.nlink);
    expect(here?.size).toBe(there?.size);
    expect(await readlink(join(own, 'node_modules', 'openclaw'))).toBe(
      join(folder, 'openclaw', 'node_modules', 'openclaw'),
    );
    expect(await readdir(join(state(), 'npm'))).toEqual(['projects']);
  });

  test('is placed anew after a supervisor was killed midway, and over one of another version', async () => {
    await using registry = await tinyRegistry(version);
    await storeFor(registry).addPlugin(version, 'slack');
    await mkdir(join(state(), 'npm', '.placing', 'node_modules'), { recursive: true });
    const project = projectIn(state(), 'slack');
    await mkdir(project, { recursive: true });
    await writeFile(join(project, 'clawster-plugin.json'), '{"lockSha256":"another"}');
    expect(await place()).toBe('placed');
    expect(JSON.parse(await readFile(join(project, 'package.json'), 'utf8'))).toMatchObject({
      dependencies: { '@openclaw/slack': version },
    });
  });

  test('that was led to where nothing is any more is taken away: OpenClaw would load a part of it', async () => {
    const project = projectIn(state(), 'slack');
    await mkdir(project, { recursive: true });
    await symlink(join(folder, 'gone', 'clawster-plugin.json'), join(project, 'clawster-plugin.json'));
    expect(await place()).toBe('not prepared');
    expect(await readdir(dirname(project))).toEqual([]);
  });
});
