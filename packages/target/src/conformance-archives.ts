import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import tar, { type Headers } from 'tar-stream';

type Entry = Headers & { body?: string | Buffer };

const manifest = { name: 'manifest.json', body: JSON.stringify({ format: 1, madeAt: '2026-01-01T00:00:00Z' }) };
const counts = (files: number, folders: number, bytes: number): Entry => ({
  name: 'counts.json',
  body: JSON.stringify({ files, folders, bytes, leftOut: 0 }),
});
const some: Entry = { name: 'state/some.txt', body: 'some' };

/** Archives as an attacker or a broken disk makes them, by what is wrong with each. `good` is one a target made. */
export async function badArchives(good: Buffer): Promise<[string, Buffer][]> {
  const flipped = Buffer.from(good);
  const middle = flipped.length >> 1;
  flipped[middle] = (flipped[middle] ?? 0) ^ 0xff;
  const packed = await Promise.all(
    hostile().map(async ([what, entries]): Promise<[string, Buffer]> => [what, await pack(entries)]),
  );
  return [
    ['nothing at all', Buffer.alloc(0)],
    ['no archive', Buffer.from('This is a letter, not an archive.\n'.repeat(50))],
    ['cut in half', good.subarray(0, middle)],
    ['its last byte missing', good.subarray(0, -1)],
    ['a byte changed', flipped],
    ...packed,
  ];
}

function hostile(): [string, Entry[]][] {
  const inside = (entry: Entry): Entry[] => [manifest, some, entry, counts(2, 0, 4)];
  return [
    ['a path upwards', inside({ name: 'state/../../escape.txt', body: '' })],
    ['a path that begins upwards', inside({ name: '../escape.txt', body: '' })],
    ['an absolute path', inside({ name: '/tmp/clawster-escape.txt', body: '' })],
    ['a path beside the state', inside({ name: 'identity.json', body: '' })],
    ['a symbolic link', inside({ name: 'state/link', type: 'symlink', linkname: '/etc/passwd' })],
    ['a hard link', inside({ name: 'state/link', type: 'link', linkname: '/etc/passwd' })],
    ['a device', inside({ name: 'state/device', type: 'character-device', devmajor: 1, devminor: 3 })],
    ['a block device', inside({ name: 'state/disk', type: 'block-device', devmajor: 8, devminor: 0 })],
    [
      'a file through a link',
      [
        manifest,
        some,
        { name: 'state/out', type: 'symlink', linkname: '/tmp' },
        { name: 'state/out/escape.txt', body: '' },
        counts(2, 0, 4),
      ],
    ],
    ['a name that no disk takes', inside({ name: `state/${'x'.repeat(300)}`, body: '' })],
    ['a pipe', inside({ name: 'state/pipe', type: 'fifo' })],
    ['one file twice', inside(some)],
    ['a file as a folder', inside({ name: 'state/some.txt/below', body: '' })],
    ['zeros without end', [manifest, { name: 'state/bomb', body: Buffer.alloc(70_000_000) }, counts(1, 0, 70_000_000)]],
    ['no manifest', [some, counts(1, 0, 4)]],
    ['the format of another age', [{ ...manifest, body: '{"format":99,"madeAt":""}' }, some, counts(1, 0, 4)]],
    ['no end', [manifest, some]],
    ['fewer files than it says', [manifest, some, counts(3, 0, 4)]],
    ['more after its end', [manifest, some, counts(1, 0, 4), { name: 'state/more.txt', body: '' }]],
  ];
}

async function pack(entries: Entry[]): Promise<Buffer> {
  const archive = tar.pack();
  const whole = buffer(archive as unknown as Readable);
  for (const { body, ...header } of entries) {
    await new Promise<void>((resolve, reject) => {
      const done = (error?: Error | null) => (error ? reject(error) : resolve());
      if (body === undefined) archive.entry(header, done).end();
      else archive.entry(header, body, done);
    });
  }
  archive.finalize();
  return promisify(zstdCompress)(await whole);
}

/** All an archive holds, unpacked where it is packed: to look for what must not be in it. */
export async function unpacked(archive: Buffer): Promise<string> {
  const plain = await promisify(zstdDecompress)(archive).catch(() => archive);
  return plain.toString('latin1');
}
