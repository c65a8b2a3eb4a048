import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createZstdDecompress } from 'node:zlib';
import type { z } from 'zod';
import { BackupTrouble } from './backup-trouble.ts';
import { type Frame, readFrames } from './frames.ts';
import { End, Manifest, TableEnd, type Totals } from './manifest.ts';
import { unseal } from './sealed-file.ts';
import { rowsIn } from './write-backup.ts';

export type Source = { file: string; passphrase: string };
export type Content = { manifest: Manifest; key: Buffer; frames: AsyncGenerator<Frame> };

/** Opens a backup: what it is of, its key, and the frames of its tables, to be read to the end. */
export async function openBackup(source: Source): Promise<Content> {
  await access(source.file).catch((cause: NodeJS.ErrnoException) => {
    throw new BackupTrouble(
      `${source.file} cannot be read (${cause.code}): name the file that \`clawster installation backup\` wrote`,
      {
        cause,
      },
    );
  });
  const frames = readFrames(plainBytes(source));
  const manifest = manifestIn(await next(frames, 'manifest'));
  const { bytes: key } = await next(frames, 'key');
  return { manifest, key, frames };
}

/** Reads a backup from end to end and writes nothing: afterwards all of it is known to be as it was made. */
export async function verifyBackup(
  source: Source,
  onProgress: (rows: number) => void = () => undefined,
): Promise<{ manifest: Manifest; totals: Totals }> {
  const { manifest, frames } = await openBackup(source);
  const known = manifest.tables[Symbol.iterator]();
  const counted: Totals = { tables: 0, rows: 0 };
  let rows = 0;
  for await (const { kind, bytes } of frames) {
    if (kind === 'rows') {
      rows += rowsIn(bytes);
      onProgress(counted.rows + rows);
    } else if (kind === 'table-end') {
      const end = parse(TableEnd, bytes);
      if (end.table !== known.next().value?.name || end.rows !== rows) throw inconsistent();
      counted.tables += 1;
      counted.rows += rows;
      rows = 0;
    } else if (kind === 'end') {
      const totals = parse(End, bytes);
      const isWhole = counted.tables === manifest.tables.length;
      if (!isWhole || totals.rows !== counted.rows || !(await frames.next()).done) throw inconsistent();
      return { manifest, totals };
    } else throw inconsistent();
  }
  throw inconsistent();
}

function plainBytes({ file, passphrase }: Source): AsyncIterable<Buffer> {
  const sealed = createReadStream(file, { highWaterMark: 1_048_576 });
  // A failure on the way ends the last stream with it, and so reaches whoever reads.
  return pipeline(
    Readable.from(unseal(sealed, passphrase), { objectMode: false }),
    createZstdDecompress(),
    () => undefined,
  );
}

async function next(frames: AsyncGenerator<Frame>, kind: Frame['kind']): Promise<Frame> {
  const { value, done } = await frames.next();
  if (done || value.kind !== kind) throw inconsistent();
  return value;
}

function manifestIn({ bytes }: Frame): Manifest {
  const { version } = JSON.parse(bytes.toString()) as { version?: unknown };
  if (Number(version) > 1)
    throw new BackupTrouble('This backup was made by a newer Clawster: restore it with that version or a newer one');
  return parse(Manifest, bytes);
}

function parse<Schema extends z.ZodType>(schema: Schema, bytes: Buffer): z.output<Schema> {
  const parsed = schema.safeParse(JSON.parse(bytes.toString()));
  if (!parsed.success) throw inconsistent();
  return parsed.data;
}

function inconsistent(): BackupTrouble {
  return new BackupTrouble('The parts of this backup do not fit together: use another copy of the file');
}
