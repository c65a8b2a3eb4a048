import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { canaryFinder, plantCanaries } from './canaries.ts';
import { lookAt, lookThroughFolder, nothingYet } from './look-through.ts';

const canaries = plantCanaries();
const finder = canaryFinder(canaries);

test('forty canaries are planted, no two alike', () => {
  expect(canaries.size).toBe(40);
  expect(new Set(canaries.values()).size).toBe(40);
});

test.each([...canaries])('%s is found in every form, wherever it lies', (what, secret) => {
  const bytes = Buffer.from(secret);
  const within = (text: string) => `something before ${text} and after`;
  const forms = [
    within(secret),
    within(JSON.stringify(secret)),
    within(encodeURIComponent(secret)),
    within(bytes.toString('hex')),
    within(bytes.toString('hex').toUpperCase()),
    ...['', 'a', 'ab', 'abc'].map((before) => within(Buffer.from(`${before}${secret}xyz`).toString('base64'))),
    within(Buffer.from(`a${secret}xyz`).toString('base64url')),
    gzipSync(within(secret)),
  ];
  for (const form of forms) {
    const looked = nothingYet();
    lookAt(looked, finder, ['here', form]);
    expect(looked.found).toContain(`${what} lies in here`);
  }
});

test('what lies across two chunks of a file is found, and what is nothing is not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'clawster-look-'));
  const [what, secret] = [...canaries][0] as [string, string];
  await writeFile(join(folder, 'long'), `${'x'.repeat(8 * 1024 * 1024 - 5)}${secret}`);
  await writeFile(join(folder, 'other'), 'nothing of the kind');
  const looked = nothingYet();
  await lookThroughFolder(looked, finder, folder);
  expect(looked).toMatchObject({ places: 2, found: [`${what} lies in ${join(folder, 'long')}`] });
  await rm(folder, { recursive: true });
});
