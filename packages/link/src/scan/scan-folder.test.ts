import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprintsOf } from '../secret-fingerprint.ts';
import { beginScan } from './scan.ts';
import { scanFolder } from './scan-folder.ts';
import { createScanner } from './scanner.ts';

const salt = 'a-salt-of-a-test-that-is-long';
const value = 'a-value-that-is-looked-for';
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'scan-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function scan(options: { except?: string[]; signal?: AbortSignal } = {}) {
  const begun = beginScan(
    createScanner(salt, fingerprintsOf(salt, { secretId: 'one', version: 2, value })),
    options.signal ?? new AbortController().signal,
  );
  await scanFolder(begun, { directory, except: options.except ?? [] });
  return begun.report();
}

test('every file is looked through, and where in it is told', async () => {
  await mkdir(join(directory, 'logs', 'old'), { recursive: true });
  await writeFile(join(directory, 'logs', 'old', 'a.log'), `one\ntwo ${value}\n${value}\n`);
  await writeFile(join(directory, 'empty'), '');
  const report = await scan();
  expect(report).toMatchObject({ files: 2, skipped: [] });
  expect(report.findings).toEqual([
    {
      secretId: 'one',
      version: 2,
      form: 'raw',
      where: 'file',
      place: 'logs/old/a.log',
      packed: false,
      line: 2,
      times: 2,
    },
  ]);
});

test('a name that is a secret is found, and told without it', async () => {
  await mkdir(join(directory, `of ${value}`));
  await writeFile(join(directory, `of ${value}`, 'inner'), value);
  const { findings } = await scan();
  expect(findings.map(({ where, place }) => [where, place])).toEqual([
    ['file-name', 'of [secret]'],
    ['file', 'of [secret]/inner'],
  ]);
  expect(JSON.stringify(findings)).not.toContain(value);
});

test('links are not followed, what is left out is not looked at', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'scan-'));
  await writeFile(join(elsewhere, 'file'), value);
  await symlink(join(elsewhere, 'file'), join(directory, 'link'));
  await symlink(elsewhere, join(directory, 'linked'));
  await mkdir(join(directory, 'left'));
  await writeFile(join(directory, 'left', 'file'), value);
  expect((await scan({ except: [join(directory, 'left')] })).findings).toEqual([]);
  await rm(elsewhere, { recursive: true });
});

// Whoever is root reads everything.
test.skipIf(process.getuid?.() === 0)('what may not be read is told', async () => {
  await writeFile(join(directory, 'closed'), value);
  await chmod(join(directory, 'closed'), 0);
  expect((await scan()).skipped).toEqual([{ place: 'closed', why: 'It may not be read' }]);
});

test('it stops when it is withdrawn, with the reason that was given', async () => {
  await writeFile(join(directory, 'file'), value);
  const withdrawn = Object.assign(new Error('Withdrawn'), { code: 'cancelled' });
  await expect(scan({ signal: AbortSignal.abort(withdrawn) })).rejects.toBe(withdrawn);
});
