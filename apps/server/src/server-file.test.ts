import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareDataDirectory, writeServerFile } from './server-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clawster-server-file-'));
  // A process that lives as long as this test, and is not this one.
  await writeServerFile(folder, { pid: process.ppid, port: 1, url: 'http://one', version: '0', startedAt: '' });
});
afterEach(() => rm(folder, { recursive: true }));

test('a data folder has one server', () =>
  expect(prepareDataDirectory(folder)).rejects.toThrow('A server already runs on this data folder, at http://one'));

test('another process that has the number of a server that was killed is not taken for it', async () => {
  const file = join(folder, 'server.json');
  const told = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...told, startTime: 'another' }));
  await expect(prepareDataDirectory(folder)).resolves.toBeUndefined();
});
