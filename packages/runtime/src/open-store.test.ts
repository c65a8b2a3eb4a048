import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { openRuntimeStore, type StoreOptions } from './open-store.ts';
import type { InstallProgress } from './store.ts';
import { tinyRegistry, type TinyRegistry } from './testing/tiny-registry.ts';

const version = '2026.9.6';
const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

// pnpm tries again before it gives up, and the machine may be busy.
describe('a runtime store', { timeout: 120_000 }, () => {
  test('installs a version that then is there, also for others', async () => {
    await using registry = await tinyRegistry(version);
    const options = optionsFor(registry);
    const progress: InstallProgress[] = [];
    expect(await openRuntimeStore(options).installed(version)).toBeUndefined();

    const runtime = await openRuntimeStore(options).install(version, { onProgress: (one) => progress.push(one) });

    expect(await openRuntimeStore(options).installed(version)).toEqual(runtime);
    expect(says(runtime.node, runtime.directory)).toBe(`OpenClaw ${version}`);
    expect(progress.map((one) => one.progress)).toEqual(progress.map((one) => one.progress).toSorted((a, b) => a - b));
    expect(progress.at(-1)).toEqual({ message: `OpenClaw ${version} is installed`, progress: 1 });
    expect(leftovers(options.directory)).toEqual([]);
  });

  test('asks the registry once for all who want a version at the same time, and tells each how far it is', async () => {
    await using registry = await tinyRegistry(version);
    const options = optionsFor(registry);
    const [first, second] = [openRuntimeStore(options), openRuntimeStore(options)];
    const heard: string[][] = [[], [], []];
    const ask = (store: typeof first, index: number) =>
      store.install(version, { onProgress: ({ message }) => heard[index]?.push(message) });
    const runtimes = await Promise.all([ask(first, 0), ask(first, 1), ask(second, 2)]);
    expect(new Set(runtimes.map((runtime) => runtime.directory)).size).toBe(1);
    expect(registry.downloads).toBe(1);
    for (const messages of heard) expect(messages.at(-1)).toBe(`OpenClaw ${version} is installed`);
  });

  test('one who withdraws lets the others go on', async () => {
    await using registry = await tinyRegistry(version);
    const store = openRuntimeStore(optionsFor(registry));
    const stop = new AbortController();
    const withdrawn = store.install(version, { signal: stop.signal });
    const other = store.install(version);
    stop.abort();
    await expect(withdrawn).rejects.toThrow();
    expect((await other).version).toBe(version);
  });

  test('goes on after an installer was killed half-way', async () => {
    await using registry = await tinyRegistry(version);
    const options = optionsFor(registry);
    registry.behaviour = 'hanging';
    const installer = fork(
      join(import.meta.dirname, 'testing', 'install.ts'),
      [options.directory, options.locksDirectory ?? ''],
      { env: options.environment },
    );
    while (registry.downloads === 0) await sleep(50);
    installer.kill('SIGKILL');
    await once(installer, 'exit');
    expect(leftovers(options.directory)).not.toEqual([]);

    registry.behaviour = 'honest';
    expect(await openRuntimeStore(options).installed(version)).toBeUndefined();
    await openRuntimeStore(options).install(version);
    expect(leftovers(options.directory)).toEqual([]);
  });

  test.each([
    ['a registry that cannot be reached', 'http://127.0.0.1:9/', /does not accept connections.*internet connection/],
    ['a registry nobody knows', 'http://registry.invalid/', /name was not found.*internet connection/],
  ])('%s is told with what to do, and nothing stays behind', async (_, url, sentence) => {
    await using registry = await tinyRegistry(version);
    const options = optionsFor(registry, { environment: environmentFor(url) });
    await expect(openRuntimeStore(options).install(version)).rejects.toThrow(sentence);
    expect(leftovers(options.directory)).toEqual([]);
    expect(await openRuntimeStore(options).installed(version)).toBeUndefined();
  });

  test.each([
    ['tampered', /refused: a package the registry sent is not the one/],
    ['missing', /the registry does not have all its packages/],
  ] as const)('a package that is %s is refused, and a good one is taken afterwards', async (behaviour, sentence) => {
    await using registry = await tinyRegistry(version);
    const options = optionsFor(registry);
    registry.behaviour = behaviour;
    await expect(openRuntimeStore(options).install(version)).rejects.toThrow(sentence);
    expect(await openRuntimeStore(options).installed(version)).toBeUndefined();
    registry.behaviour = 'honest';
    expect((await openRuntimeStore(options).install(version)).version).toBe(version);
  });

  test('a version nobody tested is refused before anything is asked', async () => {
    await using registry = await tinyRegistry(version);
    await expect(openRuntimeStore(optionsFor(registry)).install('2026.9.5')).rejects.toThrow(
      /was not tested.*Choose one of: 2026\.9\.6/,
    );
    expect(registry.downloads).toBe(0);
  });

  test('too little disk is told before the download begins', async () => {
    await using registry = await tinyRegistry(version);
    const options = optionsFor(registry, { diskBytesNeeded: 1e18 });
    await expect(openRuntimeStore(options).install(version)).rejects.toThrow(
      /needs 1000000000\.0 GB of disk.*Free some space/,
    );
    expect(registry.downloads).toBe(0);
  });

  test('a changed lockfile or a cut manifest is no installation, and is installed anew', async () => {
    await using registry = await tinyRegistry(version);
    const options = optionsFor(registry);
    const runtime = await openRuntimeStore(options).install(version);
    const manifest = join(runtime.directory, 'clawster-runtime.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').slice(0, 20));
    expect(await openRuntimeStore(options).installed(version)).toBeUndefined();
    await openRuntimeStore(options).install(version);
    expect(await openRuntimeStore(options).installed(version)).toEqual(runtime);
  });

  test.skipIf(!mayMount())(
    'a disk that fills up while it is written to is told, and nothing stays behind (needs root to mount a small disk)',
    async () => {
      await using registry = await tinyRegistry(version, { bytes: 3e6 });
      const options = optionsFor(registry, { diskBytesNeeded: 0 });
      spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', options.directory]);
      try {
        // Its Node alone would not fit: that is not what is tried here.
        await expect(openRuntimeStore(options).install(version)).rejects.toThrow(/disk is full.*Free about 1\.5 GB/);
        expect(leftovers(options.directory)).toEqual([]);
      } finally {
        spawnSync('umount', [options.directory]);
      }
    },
  );
});

function optionsFor(registry: TinyRegistry, options: Partial<StoreOptions> = {}): StoreOptions {
  const directory = mkdtempSync(join(tmpdir(), 'clawster-runtimes-'));
  directories.push(directory);
  return {
    directory,
    locksDirectory: registry.locksDirectory,
    environment: environmentFor(registry.url),
    diskBytesNeeded: 1e6,
    ...options,
  };
}

function environmentFor(registry: string): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: process.env['HOME'], npm_config_registry: registry };
}

function says(node: string, directory: string): string {
  return spawnSync(node, [join(directory, 'node_modules/openclaw/openclaw.mjs')], { encoding: 'utf8' }).stdout.trim();
}

/** What an installation under way makes and a finished or failed one has taken away. */
function leftovers(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) =>
    entry.name === 'staging' ? readdirSync(join(directory, 'staging')) : [],
  );
}

function mayMount(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}
