import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { seal, unseal } from './sealed-file.ts';

const passphrase = 'a passphrase for tests';
/** Cheap, so that hundreds of files can be tried. */
const cheap = { cost: 2 ** 14, chunkBytes: 64 };

async function* streamOf(bytes: Buffer, size = 50): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const collect = async (stream: AsyncIterable<Buffer>) => Buffer.concat(await Readable.from(stream).toArray());
const sealed = (plain: Buffer) => collect(seal(streamOf(plain), passphrase, cheap));
const opened = (bytes: Buffer, by = passphrase) => collect(unseal(streamOf(bytes, 37), by));

const plain = randomBytes(64 * 3 + 10);
const file = await sealed(plain);
const headerEnd = file.indexOf('\n') + 1;
const chunk = 64 + 16;

test.each([0, 1, 63, 64, 65, 128, 1_000])('%i bytes come back as they were', async (length) => {
  const bytes = randomBytes(length);
  expect(await opened(await sealed(bytes))).toEqual(bytes);
});

test('a passphrase is the same however its letters are composed', async () => {
  const bytes = await collect(seal(streamOf(plain), 'Schl\u00fcssel f\u00fcr Tests', cheap));
  expect(await opened(bytes, 'Schlu\u0308ssel fu\u0308r Tests')).toEqual(plain);
});

test('one file under one passphrase is sealed differently each time', async () => {
  expect((await sealed(plain)).equals(file)).toBe(false);
});

describe('is refused', () => {
  test('under another passphrase', async () =>
    expect(opened(file, 'another passphrase')).rejects.toThrow('The passphrase is not the one'));

  test('cut short anywhere', async () => {
    for (const length of [0, 1, headerEnd - 1, headerEnd, headerEnd + 5, headerEnd + chunk, headerEnd + 2 * chunk])
      await expect(opened(file.subarray(0, length)), `${length}`).rejects.toThrow();
    for (let cut = 1; cut < 30; cut += 7) await expect(opened(file.subarray(0, -cut))).rejects.toThrow();
  });

  test('with anything added', async () => expect(opened(Buffer.concat([file, Buffer.alloc(1)]))).rejects.toThrow());

  test('with one bit changed', async () => {
    for (let at = 0; at < file.length; at += 11) {
      const bytes = Buffer.from(file);
      bytes[at] = (bytes[at] as number) ^ (1 << (at % 8));
      await expect(opened(bytes), `byte ${at}`).rejects.toThrow();
    }
  });

  test('with two parts changed over, or one left out', async () => {
    const part = (number: number) => file.subarray(headerEnd + number * chunk, headerEnd + (number + 1) * chunk);
    const rest = file.subarray(headerEnd + 3 * chunk);
    const of = (...parts: Buffer[]) => Buffer.concat([file.subarray(0, headerEnd), ...parts, rest]);
    expect(await opened(of(part(0), part(1), part(2)))).toEqual(plain);
    await expect(opened(of(part(0), part(2), part(1)))).rejects.toThrow('at part 2');
    await expect(opened(of(part(0), part(2)))).rejects.toThrow('at part 2');
  });

  test.each([
    ['is something else', 'hello\n', 'not a backup'],
    ['is of a later version', '{"format":"clawster-backup","version":2}\n', 'newer Clawster'],
    [
      'would cost more memory than there is',
      file.subarray(0, headerEnd).toString().replace('"cost":16384', '"cost":1073741824'),
      'beginning of the backup was altered',
    ],
  ])('when it %s', async (_, text, sentence) => {
    await expect(opened(Buffer.from(text))).rejects.toThrow(sentence);
  });
});
