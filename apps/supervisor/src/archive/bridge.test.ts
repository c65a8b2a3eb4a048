import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';

const main = join(import.meta.dirname, '../main.ts');
const key = '5e'.repeat(32);
let root: string;
let from: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'clawster-bridge-'));
  from = join(root, 'from');
  for (const name of ['state', 'workspace']) await mkdir(join(from, name), { recursive: true });
  await writeFile(join(from, 'state/memory.txt'), 'the sea is blue');
  await writeFile(join(root, 'key'), key);
  await writeFile(join(root, 'another'), 'a7'.repeat(32));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const supervisor = (...args: string[]) => spawn(process.execPath, [main, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
const end = async (child: ChildProcess) => (child.exitCode ?? (await once(child, 'exit'))[0]) as number;

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The one that is spoken to on its standard input, and the one beside the volume, as they are started elsewhere. */
async function handOver(command: 'export' | 'import', folder: string, keyName = 'key') {
  const port = await freePort();
  const bridge = supervisor('bridge', command, String(port));
  bridge.stdin.write(`${key}\n`);
  const beside = supervisor(command, folder, '--over', `127.0.0.1:${port}`, '--key', join(root, keyName));
  return { bridge, beside };
}

test('a bot’s state is handed over without an end of ours where it lies', async () => {
  const out = await handOver('export', from);
  out.bridge.stdin.end();
  const archive = await buffer(out.bridge.stdout);
  expect([await end(out.bridge), await end(out.beside)]).toEqual([0, 0]);
  const to = join(root, 'to');
  const into = await handOver('import', to);
  into.bridge.stdin.end(archive);
  expect([await end(into.bridge), await end(into.beside)]).toEqual([0, 0]);
  expect(await readFile(join(to, 'state/memory.txt'), 'utf8')).toBe('the sea is blue');
});

test('an archive that breaks off on its way changes nothing, and is told of', async () => {
  const to = join(root, 'cut');
  const { bridge, beside } = await handOver('import', to);
  bridge.stdin.write('not the half of it');
  const words = text(beside.stderr);
  bridge.stdin.end();
  expect(await end(beside)).toBe(1);
  expect(await words).toMatch(/archive/);
  await end(bridge);
  await expect(readFile(join(to, 'state/memory.txt'))).rejects.toThrow('ENOENT');
});

test('who has another key gets nothing', { timeout: 120_000 }, async () => {
  const { bridge, beside } = await handOver('export', from, 'another');
  expect(await Promise.race([end(beside), new Promise((resolve) => setTimeout(resolve, 5_000, 'refused'))])).toBe(
    'refused',
  );
  beside.kill();
  bridge.kill();
  expect((await buffer(bridge.stdout)).length).toBe(0);
});

test('a supervisor that is to start from a file starts from nothing else', async () => {
  await writeFile(join(root, 'empty'), '\n');
  for (const [file, words] of [
    ['missing', 'cannot be read'],
    ['empty', 'is empty'],
  ] as const) {
    const child = supervisor(from, '--start-from', join(root, file));
    const said = text(child.stderr);
    expect(await end(child)).toBe(1);
    expect(await said).toContain(words);
  }
});
