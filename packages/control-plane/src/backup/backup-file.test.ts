import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  backupFile,
  type BackupPlace,
  openBackupFile,
  removeBackupFile,
  sumOf,
  verifyBackupFile,
  writeBackupFile,
} from './backup-file.ts';
import { decrypted, encrypted } from './chunk-cipher.ts';

const mebibyte = 1024 * 1024;
const signal = new AbortController().signal;
let directory: string;
beforeAll(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'clawster-backup-')), 'backups');
});
afterAll(() => rm(join(directory, '..'), { recursive: true, force: true }));

const list = async (parts: AsyncIterable<Buffer>) => {
  const items: Buffer[] = [];
  for await (const part of parts) items.push(part);
  return items;
};
const all = async (parts: AsyncIterable<Buffer>) => Buffer.concat(await list(parts));
const from = (bytes: Buffer, ...cuts: number[]) => {
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((one, other) => one - other), bytes.length];
  return (async function* () {
    for (const [index, edge] of edges.slice(1).entries()) yield bytes.subarray(edges[index], edge);
  })();
};
const file = { key: randomBytes(32), backupId: 'b1' };

describe('a stream in encrypted chunks', () => {
  test.each([0, 1, mebibyte - 1, mebibyte, mebibyte + 1, 2 * mebibyte, 3 * mebibyte + 7])(
    'of %d bytes comes back as it was, however it is cut on its way',
    async (size) => {
      const plain = randomBytes(size);
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat(4 * mebibyte), { maxLength: 6 }), async (cuts) => {
          const sealed = await all(encrypted(from(plain, ...cuts), file));
          expect((await all(decrypted(from(sealed, ...cuts.map((cut) => cut * 3)), file))).equals(plain)).toBe(true);
        }),
        { numRuns: 5 },
      );
    },
  );

  test.each<[string, (sealed: Buffer[]) => Buffer[]]>([
    ['with a chunk left out', ([one, , three]) => [one, three] as Buffer[]],
    ['with its last chunk left out', ([one, two]) => [one, two] as Buffer[]],
    ['with two chunks exchanged', ([one, two, three]) => [two, one, three] as Buffer[]],
    ['with a chunk twice', ([one, two, three]) => [one, two, two, three] as Buffer[]],
    ['with a byte more', (chunks) => [...chunks, Buffer.from([0])]],
    ['with a byte less', (chunks) => [...chunks.slice(0, 2), chunks[2]?.subarray(0, -1) as Buffer]],
    ['with nothing at all', () => []],
  ])('does not open %s', async (_, change) => {
    const chunks = await list(encrypted(from(randomBytes(2 * mebibyte + 500)), file));
    expect(chunks).toHaveLength(3);
    await expect(all(decrypted(from(Buffer.concat(change(chunks))), file))).rejects.toThrow(
      'damaged, cut short or was altered',
    );
  });

  test('does not open as another backup, or under another key', async () => {
    const sealed = await all(encrypted(from(Buffer.from('memory')), file));
    for (const other of [
      { ...file, backupId: 'b2' },
      { ...file, key: randomBytes(32) },
    ])
      await expect(all(decrypted(from(sealed), other))).rejects.toThrow('damaged');
  });
});

describe('the file of a backup', () => {
  const placeOf = (backupId: string): BackupPlace => ({
    directory,
    backupId,
    workspaceId: 'w1',
    dataKey: Buffer.alloc(32, 7),
    kekId: 'file:1',
  });
  const written = async (backupId: string, bytes = randomBytes(100_000)) => {
    const place = placeOf(backupId);
    await writeBackupFile(place, Readable.from([bytes]), signal);
    return { place, bytes };
  };

  test('is complete with mode 0600 in a folder of mode 0700, and opens to what was written', async () => {
    const { place, bytes } = await written('one');
    expect((await stat(backupFile(place))).mode & 0o777).toBe(0o600);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect((await buffer(await openBackupFile(place))).equals(bytes)).toBe(true);
    const { size } = await stat(backupFile(place));
    const verified = await verifyBackupFile(place, signal);
    expect(verified).toEqual({ bytes: size, sha256: expect.stringMatching(/^\w{64}$/) });
    expect(await sumOf(place, signal)).toEqual(verified);
  });

  test('is not there when its source broke off, and the one before it stays', async () => {
    const { place, bytes } = await written('two');
    const breaks = Readable.from(
      (async function* () {
        yield randomBytes(10);
        await Promise.resolve();
        throw new Error('The connection broke off');
      })(),
    );
    await expect(writeBackupFile(place, breaks, signal)).rejects.toThrow('broke off');
    expect((await buffer(await openBackupFile(place))).equals(bytes)).toBe(true);
    expect((await readdir(directory)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('a draft that a killed server left goes with the next try, or with the backup', async () => {
    const { place } = await written('three');
    const draft = join(directory, '.three.0badc0ffee');
    await writeFile(draft, 'half');
    await written('three');
    await expect(stat(draft)).rejects.toThrow('ENOENT');
    await writeFile(draft, 'half');
    await removeBackupFile(place);
    await removeBackupFile(place);
    expect((await readdir(directory)).filter((name) => name.includes('three'))).toEqual([]);
    await expect(openBackupFile(place)).rejects.toThrow('not on this server');
  });

  test('says why it does not open: another workspace, another key, another backup, damage', async () => {
    const { place } = await written('four');
    await expect(openBackupFile({ ...place, workspaceId: 'w2' })).rejects.toThrow('another workspace');
    await expect(openBackupFile({ ...place, kekId: 'file:2' })).rejects.toThrow('under the key file:1');
    await expect(openBackupFile({ ...place, dataKey: Buffer.alloc(32, 8) })).rejects.toThrow('another key');
    const bytes = await readFile(backupFile(place));
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
    await writeFile(backupFile(place), bytes);
    await expect(verifyBackupFile(place, signal)).rejects.toThrow('damaged');
    await rename(backupFile(place), backupFile(placeOf('five')));
    await expect(openBackupFile(placeOf('five'))).rejects.toThrow('that of another');
  });
});
