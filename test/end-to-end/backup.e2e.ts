import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bot } from '@clawster/contract/bot';
import type { EventRecord } from '@clawster/contract/event';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Installation, installClawster } from '../support/installation.ts';
import { type RecordingModel, startRecordingModel } from '../support/recording-model.ts';

// Backup and restore of Clawster itself through the command line; no bot is started, so no OpenClaw is needed.

const passphrase = 'wind over the harbour at dawn';
const providerKey = 'sk-canary-0123456789abcdef';
let original: Installation;
let model: RecordingModel;
let file: string;

beforeAll(async () => {
  [original, model] = await Promise.all([installClawster(), startRecordingModel(providerKey)]);
  file = join(original.home, 'backup');
});
afterAll(async () => {
  const outside = await readFile(join(copyFolder(), 'postgres.location'), 'utf8').catch(() => '');
  if (outside.trim()) await rm(outside.trim(), { recursive: true, force: true });
  await original?.remove();
  await model?.close();
});

const copyFolder = () => join(original.home, 'copy');
const restore = (path: string, options: { passphrase?: string; folder?: string } = {}) =>
  original.cli(['installation', 'restore', path, '--passphrase-stdin'], {
    stdin: `${options.passphrase ?? passphrase}\n`,
    env: { CLAWSTER_DATA_DIR: options.folder ?? copyFolder() },
  });

async function clawster(args: string[], stdin?: string): Promise<string> {
  const { code, stdout, stderr } = await original.cli(args, stdin === undefined ? {} : { stdin });
  expect(code, `${args.join(' ')}\n${stderr}`).toBe(0);
  return stdout;
}

describe('a backup', () => {
  test('is made while Clawster runs, and holds no secret that could be read', async () => {
    const setUp = ['--setup-token', original.setupUrl, '--email', 'ada@example.com', '--name', 'Ada'];
    await clawster(['login', ...setUp, '--password-stdin'], 'correct horse battery staple\n');
    const provider = ['--base-url', model.baseUrl, '--model', 'recorder-1', '--api-key-stdin'];
    await clawster(['connector', 'create', 'Recorder', ...provider], `${providerKey}\n`);
    for (const name of ['Ada', 'Bo']) await clawster(['bot', 'create', name, '--connector', 'Recorder', '--no-start']);
    const made = await clawster(['installation', 'backup', file, '--passphrase-stdin', '--json'], `${passphrase}\n`);
    expect(JSON.parse(made)).toMatchObject({ file, installation: { epoch: 1 } });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const bytes = await readFile(file);
    const key = (await readFile(join(original.dataDirectory, 'kek'), 'utf8')).trim();
    for (const secret of [providerKey, key, Buffer.from(key, 'base64'), 'ada@example.com', 'Recorder', passphrase])
      expect(bytes.includes(secret)).toBe(false);
  });

  test('replaces no file unasked, and asks for a passphrase worth the name', async () => {
    const backup = (...args: string[]) =>
      original.cli(['installation', 'backup', file, '--passphrase-stdin', ...args], { stdin: passphrase });
    expect(await backup()).toMatchObject({ code: 1, stderr: expect.stringContaining('--force') });
    expect((await backup('--force')).code).toBe(0);
    const short = await original.cli(['installation', 'backup', `${file}-2`, '--passphrase-stdin'], { stdin: 'short' });
    expect(short).toMatchObject({ code: 2, stderr: expect.stringContaining('12 characters') });
    const none = await original.cli(
      ['installation', 'backup', `${file}-2`, '--passphrase-stdin', '--data-dir', join(original.home, 'none')],
      {
        stdin: passphrase,
      },
    );
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no Clawster in') });
  });
});

describe('a restore', () => {
  test('is refused with a sentence for whatever is wrong, and writes nothing', async () => {
    const bytes = await readFile(file);
    const flipped = Buffer.from(bytes);
    flipped[bytes.length - 40] = (flipped[bytes.length - 40] as number) ^ 1;
    await writeFile(`${file}-flipped`, flipped);
    await writeFile(`${file}-cut`, bytes.subarray(0, -1));
    for (const [path, options] of [
      [file, { passphrase: 'another passphrase' }],
      [`${file}-flipped`, {}],
      [`${file}-cut`, {}],
    ] as const)
      expect(await restore(path, options)).toMatchObject({ code: 1, stderr: expect.stringContaining('altered') });
    expect(await restore(`${file}-missing`)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('cannot be read'),
    });
    expect(await restore(file, { folder: original.dataDirectory })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('A Clawster runs with'),
    });
    await expect(stat(join(copyFolder(), 'kek'))).rejects.toThrow('ENOENT');
  });

  test('that was broken off keeps `up` from starting, and the next one completes it', async () => {
    await writeFile(join(copyFolder(), 'restore.json'), JSON.stringify({ backupId: 'x', id: 'y', epoch: 1 }));
    const up = await original.cli(['up', '--no-open', '--data-dir', copyFolder()]);
    expect(up).toMatchObject({ code: 3, stderr: expect.stringContaining('was broken off') });
    expect(await restore(file)).toMatchObject({ code: 0, stdout: expect.stringContaining('Restored into') });
    expect(await restore(file)).toMatchObject({ code: 1, stderr: expect.stringContaining('is not empty') });
  });

  test('brings back bots, people, keys and events, as a newer copy', async () => {
    const bots = await clawster(['bot', 'list', '--json']);
    const key = JSON.parse(await readFile(join(original.dataDirectory, 'cli.json'), 'utf8')) as object;
    await original.stop();
    await writeFile(join(copyFolder(), 'cli.json'), JSON.stringify(key), { mode: 0o600 });
    original.env['CLAWSTER_DATA_DIR'] = copyFolder();
    await original.start();
    const restored = JSON.parse(await clawster(['bot', 'list', '--json'])) as Bot[];
    expect(restored.map(({ id, name, spec }) => ({ id, name, spec }))).toEqual(
      (JSON.parse(bots) as Bot[]).map(({ id, name, spec }) => ({ id, name, spec })),
    );
    expect(await clawster(['whoami'])).toContain('owner');
    const [newest] = JSON.parse(await clawster(['event', 'list', '--json'])) as EventRecord[];
    expect(newest?.type).toBe('installation-restored');
    expect(newest?.detail['epoch']).toBeGreaterThan(1);
    // The key opens the secrets: the connector's is sent to its model and accepted.
    await clawster(['bot', 'create', 'Cy', '--connector', 'Recorder', '--no-start']);
    expect(await clawster(['status'])).toContain('database');
  });
});
