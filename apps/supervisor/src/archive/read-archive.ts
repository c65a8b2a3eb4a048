import { mkdir, mkdtemp, open, readdir, rename, rm, rmdir, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import tar, { type Entry, type Headers } from 'tar-stream';
import type { z } from 'zod';
import { botFolder, type BotFolder } from '../gateway/folder.ts';
import { readHolder, takePidFile } from '../host/pid-file.ts';
import { placeOf, type Read } from './check-entry.ts';
import { forgetPlugins } from './forget-plugins.ts';
import { ArchiveRefused, Counts, countsName, Manifest, manifestName, stateFolders } from './format.ts';
import { incomingFolder, settleImport } from './settle-import.ts';

const jsonBytesMax = 64_000;

/** Puts the state from `input` into this folder, whole or not at all; refused while the bot runs. */
export async function readArchive(directory: string, input: Readable): Promise<Counts> {
  const folder = botFolder(directory);
  const isNew = (await mkdir(directory, { recursive: true, mode: 0o700 })) !== undefined;
  if (await takePidFile(folder.supervisorPid))
    throw new ArchiveRefused('The bot runs: stop it to give it another state');
  try {
    if (await readHolder(folder.gatewayPid))
      throw new ArchiveRefused("The bot's gateway still runs: stop the bot first");
    return await takeIn(folder, input);
  } finally {
    await rm(folder.supervisorPid, { force: true });
    // A folder that was only made for this, and holds nothing, goes again.
    if (isNew) await rmdir(directory).catch(() => undefined);
  }
}

async function takeIn(folder: BotFolder, input: Readable): Promise<Counts> {
  await settleImport(folder);
  for (const name of await readdir(folder.directory))
    if (name.startsWith('.import-')) await rm(join(folder.directory, name), { recursive: true, force: true });
  const draft = await mkdtemp(join(folder.directory, '.import-'));
  try {
    const counts = await unpack(input, draft);
    forgetPlugins(join(draft, 'state'));
    await rename(draft, incomingFolder(folder));
    await settleImport(folder);
    return counts;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw asSentence(error);
  }
}

/** Reads all of it into an empty folder, trusting nothing it says. */
async function unpack(input: Readable, draft: string): Promise<Counts> {
  for (const name of stateFolders) await mkdir(join(draft, name), { mode: 0o700 });
  const read: Read = { packedBytes: 0, bytes: 0, entries: 0 };
  const meter = new Transform({
    transform(chunk: Buffer, _, done) {
      read.packedBytes += chunk.length;
      done(null, chunk);
    },
  });
  const entries = tar.extract();
  const reading = pipeline(input, meter, createZstdDecompress(), entries);
  const taking = takeEntries(entries, { draft, read }).catch((error: Error) => {
    entries.destroy(error);
    throw error;
  });
  const [unpacked, taken] = await Promise.allSettled([reading, taking]);
  if (taken.status === 'rejected') throw taken.reason;
  if (unpacked.status === 'rejected') throw unpacked.reason;
  return taken.value;
}

async function takeEntries(entries: tar.Extract, { draft, read }: { draft: string; read: Read }): Promise<Counts> {
  const taken: Counts = { files: 0, folders: 0, bytes: 0, leftOut: 0 };
  let told: Counts | undefined;
  for await (const entry of entries) {
    const { header } = entry;
    if (told) throw new ArchiveRefused('The archive goes on after its end: it was tampered with');
    if (read.entries === 0) await readJson(entry, manifestName, Manifest);
    else if (header.name === countsName) told = await readJson(entry, countsName, Counts);
    else await takeEntry(entry, join(draft, placeOf(header, read)));
    read.entries += 1;
    read.bytes += header.size ?? 0;
    if (!told && read.entries > 1) count(taken, header);
  }
  if (!told) throw new ArchiveRefused('The archive was cut short');
  const isWhole = told.files === taken.files && told.folders === taken.folders && told.bytes === taken.bytes;
  if (!isWhole) throw new ArchiveRefused(`The archive is damaged: ${taken.files} of its ${told.files} files are whole`);
  return told;
}

function count(taken: Counts, { type, size }: Headers): void {
  taken[type === 'directory' ? 'folders' : 'files'] += 1;
  taken.bytes += size ?? 0;
}

async function takeEntry(entry: Entry, path: string): Promise<void> {
  const { header } = entry;
  if (header.type === 'directory') {
    await mkdir(path, { recursive: true, mode: 0o700 });
    entry.resume();
    return;
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // `wx`: nothing is written twice, and never through a link.
  const file = await open(path, 'wx', (header.mode ?? 0) & 0o100 ? 0o700 : 0o600);
  try {
    for await (const chunk of entry) await file.writeFile(chunk as Buffer);
    await file.sync();
  } finally {
    await file.close();
  }
  if (header.mtime) await utimes(path, header.mtime, header.mtime);
}

async function readJson<Schema extends z.ZodType>(
  entry: Entry,
  name: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const { header } = entry;
  if (header.name !== name || header.type !== 'file' || (header.size ?? 0) > jsonBytesMax)
    throw new ArchiveRefused("This is not an archive of a bot's state");
  const chunks: Buffer[] = [];
  for await (const chunk of entry) chunks.push(chunk as Buffer);
  const parsed = schema.safeParse(parse(Buffer.concat(chunks).toString()));
  if (!parsed.success) throw new ArchiveRefused(sentenceFor(parsed.error, name));
  return parsed.data;
}

/** In the format's own words where it has some, such as for an archive of a newer version. */
function sentenceFor({ issues: [first] }: z.ZodError, name: string): string {
  return /^(The|This) /.test(first?.message ?? '')
    ? (first?.message as string)
    : `The archive is damaged: its ${name} cannot be read`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What went wrong, in words for whoever wanted their bot back. */
function asSentence(error: unknown): unknown {
  if (error instanceof ArchiveRefused) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  const sentence = sentences.find(([pattern]) => pattern.test(`${code} ${message}`))?.[1];
  return sentence ? new ArchiveRefused(sentence, { cause: error }) : error;
}

const sentences: [RegExp, string][] = [
  [/^ENOSPC/, 'The disk is full: free some space, then try again'],
  [/^(EEXIST|ENOTDIR|EISDIR)/, 'The archive names one place twice: it was tampered with'],
  [/unexpected end|Z_BUF_ERROR|Unexpected end of data|ERR_STREAM_PREMATURE_CLOSE/i, 'The archive was cut short'],
  [/ZSTD|tar header|checksum|corrupt|unknown frame/i, 'The archive is damaged, or not one of a bot at all'],
];
