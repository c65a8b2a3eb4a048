import { spawn } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fingerprintsOf } from '@clawster/link/secret-fingerprint';
import type { ScanReport } from '@clawster/link/scan/scan';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { supervised, type Supervised } from '../testing/supervised.ts';
import { createSecretScan } from './scan-secrets.ts';

const waitMs = 60_000;
const salt = 'a-salt-of-a-test-that-is-long';
const value = 'sk-a-key-that-was-written-down/+"quoted"';
let bot: Supervised;
beforeAll(async () => {
  bot = await supervised({ waitMs });
  await bot.link.ask('configure', { ...bot.wanted, modelCheck: false });
  await bot.reaches('ready');
}, waitMs);
afterAll(() => bot.close(), waitMs);

const ask = (sought = [{ secretId: 'leaked', version: 4, value }]) =>
  bot.link.ask('secrets.scan', { salt, fingerprints: sought.flatMap((one) => fingerprintsOf(salt, one)) });
const scan = async (sought?: Parameters<typeof ask>[0]) => (await ask(sought)) as ScanReport;

test(
  'a bot that holds no secret has none, whatever it was looked through for',
  async () => {
    const token = Object.values(bot.wanted.secrets)[0] ?? '';
    const report = await scan([
      { secretId: 'gateway', version: 1, value: token },
      { secretId: 'leaked', version: 4, value },
    ]);
    expect(report.findings).toEqual([]);
    expect(report.files).toBeGreaterThan(5);
    expect(report.bytes).toBeGreaterThan(1_000);
  },
  waitMs,
);

test(
  'what was written down is found wherever that was, in whatever form, with its line',
  async () => {
    await appendFile(join(bot.directory, 'logs', 'gateway.log'), `first\nkey is ${value}\n`);
    const before = (await readFile(join(bot.directory, 'logs', 'gateway.log'), 'utf8')).split('\n').length - 1;
    await writeFile(
      join(bot.directory, 'workspace', 'notes.md'),
      `# Notes\n\n${Buffer.from(`k=${value}`).toString('base64')}`,
    );
    await mkdir(join(bot.directory, 'state', 'old'), { recursive: true });
    await writeFile(join(bot.directory, 'state', 'old', 'log.gz'), gzipSync(JSON.stringify({ value })));
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)', encodeURIComponent(value)], {
      env: { LEAKED: value },
    });
    await new Promise((resolve) => child.once('spawn', resolve));
    try {
      const { findings, skipped } = await scan();
      const told = findings.map(({ form, where, place, line, packed }) => ({ form, where, place, line, packed }));
      expect(told).toEqual(
        expect.arrayContaining([
          { form: 'raw', where: 'file', place: 'logs/gateway.log', line: before, packed: false },
          { form: 'base64', where: 'file', place: 'workspace/notes.md', line: 3, packed: false },
          { form: 'json-escaped', where: 'file', place: 'state/old/log.gz', line: undefined, packed: true },
          { form: 'raw', where: 'environment', place: expect.any(String), line: undefined, packed: false },
          { form: 'url-encoded', where: 'command-line', place: expect.any(String), line: undefined, packed: false },
        ]),
      );
      expect(findings.every(({ secretId, version }) => secretId === 'leaked' && version === 4)).toBe(true);
      expect(skipped).toEqual([]);
      expect(JSON.stringify(findings)).not.toContain(value);
    } finally {
      child.kill();
      await rm(join(bot.directory, 'state', 'old'), { recursive: true });
    }
  },
  waitMs,
);

test('the folder of the socket is looked through when it lies elsewhere', async () => {
  const socketFolder = await mkdtemp(join(tmpdir(), 'clawster-'));
  await writeFile(join(socketFolder, 'left-behind'), value);
  const look = createSecretScan({ directory: bot.directory, socketFolder });
  const fingerprints = fingerprintsOf(salt, { secretId: 'leaked', version: 4, value });
  const { findings } = await look({ salt, fingerprints }, { signal: new AbortController().signal });
  expect(findings.map(({ place }) => place)).toContain(join(socketFolder, 'left-behind'));
  await rm(socketFolder, { recursive: true });
});

test(
  'one look at a time, and one that is withdrawn ends',
  async () => {
    await writeFile(join(bot.directory, 'workspace', 'large'), Buffer.alloc(200_000_000));
    const first = ask();
    await expect(ask()).rejects.toMatchObject({ code: 'refused' });
    await bot.link.ask('cancel', { request: first.id });
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    await rm(join(bot.directory, 'workspace', 'large'));
    await scan();
  },
  waitMs,
);
