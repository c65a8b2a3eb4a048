import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import tar, { type Headers } from 'tar-stream';
import { botFolder } from '../gateway/folder.ts';
import { isAlive } from '../host/process-tree.ts';
import { readWorkload } from '../workload.ts';
import { contentsOf, type Content } from './contents.ts';
import { type Counts, countsName, type Manifest, manifestName, NothingToExport } from './format.ts';
import { settleUnattended } from './settle-import.ts';
import { takeSnapshot } from './snapshot.ts';

type Entry = { header: Headers; body: Readable | Buffer };

/** Writes the state of the bot in this folder to `output`, whether it runs or not. */
export async function writeArchive(directory: string, output: Writable): Promise<Counts> {
  const folder = botFolder(directory);
  await settleUnattended(folder);
  if (!(await stat(folder.state).catch(() => undefined)))
    throw new NothingToExport('The bot has no state there: it has not been started yet');
  await sweep(directory);
  const scratch = await mkdtemp(join(directory, `.export-${process.pid}-`));
  try {
    return await pack(directory, { scratch: join(scratch, 'copy'), output });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function pack(directory: string, { scratch, output }: { scratch: string; output: Writable }): Promise<Counts> {
  const archive = tar.pack();
  const writing = pipeline(archive as unknown as Readable, createZstdCompress(), output);
  const counts: Counts = { files: 0, folders: 0, bytes: 0, leftOut: 0 };
  const add = (entry: Entry) => Promise.race([addEntry(archive, entry), writing]);
  const filling = fill();
  async function fill() {
    await add(json(manifestName, await manifestOf(directory)));
    for await (const content of contentsOf(directory)) {
      const entry = await entryOf(content, scratch);
      count(counts, content, entry);
      if (entry) await add(entry);
      await rm(scratch, { force: true });
    }
    await add(json(countsName, counts));
    archive.finalize();
  }
  await Promise.all([writing, filling.catch((error: Error) => destroyed(archive, error))]);
  return counts;
}

function destroyed(archive: tar.Pack, error: Error): never {
  (archive as unknown as Readable).destroy(error);
  throw error;
}

async function manifestOf(directory: string): Promise<Manifest> {
  const workload = await readWorkload(directory).catch(() => undefined);
  const madeAt = new Date().toISOString();
  return { format: 1, madeAt, ...(workload ? { runtimeVersion: workload.runtime.version } : {}) };
}

function json(name: string, value: unknown): Entry {
  const body = Buffer.from(`${JSON.stringify(value)}\n`);
  return { header: { name, type: 'file', mode: 0o600, size: body.length }, body };
}

/** Nothing for what is not taken along, and for what was deleted meanwhile. */
async function entryOf({ name, path, kind }: Content, scratch: string): Promise<Entry | undefined> {
  if (kind === 'other') return undefined;
  if (kind === 'folder') return { header: { name: `${name}/`, type: 'directory', mode: 0o700 }, body: Buffer.alloc(0) };
  try {
    const { mode, mtime } = await stat(path);
    const snapshot = await takeSnapshot(path, { scratch, isOurs: name.startsWith('state/') });
    const header = { name, type: 'file', mode: mode & 0o100 ? 0o700 : 0o600, mtime } as const;
    return 'bytes' in snapshot
      ? { header: { ...header, size: snapshot.bytes.length }, body: snapshot.bytes }
      : { header: { ...header, size: snapshot.size }, body: createReadStream(snapshot.file) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function count(counts: Counts, { kind }: Content, entry: Entry | undefined): void {
  if (kind === 'other') counts.leftOut += 1;
  if (!entry) return;
  if (kind === 'folder') counts.folders += 1;
  else counts.files += 1;
  counts.bytes += entry.header.size ?? 0;
}

/** Waits for the reader at the other end, so that a slow one costs no memory. */
function addEntry(archive: tar.Pack, { header, body }: Entry): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const sink = archive.entry(header, (error) => (error ? reject(error) : resolve()));
  if (header.type === 'directory') sink?.end();
  else pipeline(body instanceof Readable ? body : Readable.from([body], { objectMode: false }), sink).catch(reject);
  return promise;
}

/** Copies that an export left behind when it was killed. */
async function sweep(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const pid = /^\.export-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(directory, name), { recursive: true, force: true });
  }
}
