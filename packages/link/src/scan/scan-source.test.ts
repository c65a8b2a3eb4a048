import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fingerprintsOf } from '../secret-fingerprint.ts';
import { scanSource, whole } from './scan-source.ts';
import { createScanner } from './scanner.ts';

const salt = 'a-salt-of-a-test-that-is-long';
const value = 'a-value-that-is-looked-for';
const scanner = createScanner(salt, fingerprintsOf(salt, { secretId: 'one', version: 1, value }));
const scan = (bytes: Buffer) => scanSource(scanner, whole(bytes), () => {});
const text = Buffer.from(`nothing\n${value}\n`);
const noise = randomBytes(600_000);
/** Gzip leaves what it cannot make smaller as it is. */
const packable = Buffer.from(noise.toString('hex'));

test.each<[string, Buffer]>([
  ['all of a file', gzipSync(text)],
  ['a part of a file, anywhere in it', Buffer.concat([noise, gzipSync(text), noise])],
  ['the second of two parts', Buffer.concat([gzipSync('nothing'), noise, gzipSync(text)])],
  ['behind what only looks packed', Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0]), noise, gzipSync(text)])],
  ['cut off', gzipSync(Buffer.concat([text, packable])).subarray(0, 300_000)],
  ['packed twice', gzipSync(Buffer.concat([packable, gzipSync(text)]))],
])('what gzip packed is looked through: %s', async (_, bytes) => {
  const { hits, cut } = await scan(bytes);
  expect(hits).toMatchObject([{ fingerprint: { form: 'raw' }, packed: true, times: 1 }]);
  expect(cut).toBeUndefined();
});

test('what is packed beyond all measure is unpacked so far and no further, and that is told', async () => {
  const bomb = gzipSync(Buffer.concat([text, Buffer.alloc(80 * 1024 * 1024)]));
  const { hits, cut } = await scan(bomb);
  expect(hits).toHaveLength(1);
  expect(cut).toContain('64 MB');
});

test('the line is that of a text, and of nothing else', async () => {
  expect((await scan(text)).hits).toMatchObject([{ line: 2, packed: false }]);
  expect((await scan(Buffer.concat([Buffer.alloc(1), text]))).hits[0]).not.toHaveProperty('line');
});

test('who stops it between two chunks is obeyed, while it unpacks too', async () => {
  let times = 0;
  const stop = new Error('Withdrawn');
  const after = (count: number) => () => {
    times += 1;
    if (times > count) throw stop;
  };
  await expect(scanSource(scanner, whole(noise), after(1))).rejects.toBe(stop);
  times = 0;
  await expect(scanSource(scanner, whole(gzipSync(Buffer.alloc(4_000_000))), after(3))).rejects.toBe(stop);
});
