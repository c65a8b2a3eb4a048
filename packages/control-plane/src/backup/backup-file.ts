import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '@clawster/domain/refusal';
import { z } from 'zod';
import { seal, unseal } from '../secret/envelope.ts';
import { decrypted, encrypted } from './chunk-cipher.ts';

/** Which file it is, and the data key of the workspace it belongs to. */
export type BackupPlace = { directory: string; backupId: string; workspaceId: string; dataKey: Buffer; kekId: string };

/** The first line: all that is needed to open the file, but the workspace's data key. */
const Header = z.object({
  format: z.literal(1),
  backupId: z.string(),
  workspaceId: z.string(),
  kekId: z.string(),
  /** The file's own key, wrapped with the data key: nonce and ciphertext. */
  key: z.string(),
});
type Header = z.infer<typeof Header>;

const begin = 'clawster-backup ';
const headerBytesMax = 4_096;

export function backupFile({ directory, backupId }: Pick<BackupPlace, 'directory' | 'backupId'>): string {
  return join(directory, `${backupId}.backup`);
}

/** Encrypts an archive into the backup's file under a fresh key: complete on the disk with mode 0600, or not there. */
export async function writeBackupFile(place: BackupPlace, archive: Readable, signal: AbortSignal): Promise<void> {
  const { directory, backupId } = place;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await removeDrafts(place);
  const key = randomBytes(32);
  const draft = join(directory, `.${backupId}.${randomBytes(6).toString('hex')}`);
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${begin}${JSON.stringify(headerOf(place, key))}\n`);
    const write = async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) await file.writeFile(chunk);
    };
    await pipeline(archive, (source: AsyncIterable<Buffer>) => encrypted(source, { key, backupId }), write, { signal });
    await file.sync();
    await rename(draft, backupFile(place));
    await syncDirectory(directory);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    key.fill(0);
    await file.close();
  }
}

/**
 * The archive in a backup, in the clear; refused when it is missing, another's, or under another key. `onBytes` is given
 * the file as it lies there, while that is read.
 */
export async function openBackupFile(
  place: BackupPlace,
  onBytes: (bytes: Buffer) => void = () => undefined,
): Promise<Readable> {
  const file = await openFile(place);
  try {
    const { header, line } = await readHeader(file);
    const key = keyOf(header, place);
    onBytes(line);
    const source = file.createReadStream({ start: line.length });
    const plain = new PassThrough();
    const open = (read: AsyncIterable<Buffer>) => decrypted(watched(read, onBytes), { key, backupId: place.backupId });
    pipeline(source, open, plain).catch(() => undefined);
    return plain;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The name of the data key a backup is under. */
export async function keyNameOf(place: Pick<BackupPlace, 'directory' | 'backupId'>): Promise<string> {
  const file = await openFile(place);
  try {
    return (await readHeader(file)).header.kekId;
  } finally {
    await file.close();
  }
}

/** Reads a backup from its first byte to its last, opening every chunk; answers with what is to be kept of it. */
export async function verifyBackupFile(
  place: BackupPlace,
  signal: AbortSignal,
): Promise<{ bytes: number; sha256: string }> {
  const { add, sum } = summing();
  const archive = await openBackupFile(place, add);
  await pipeline(archive, async (source: AsyncIterable<Buffer>) => drain(source), { signal });
  return sum();
}

/** The sum of the file as it lies there, without opening it. */
export async function sumOf(place: BackupPlace, signal: AbortSignal): Promise<{ bytes: number; sha256: string }> {
  const file = await openFile(place);
  const { add, sum } = summing();
  for await (const chunk of file.createReadStream({ signal }) as AsyncIterable<Buffer>) add(chunk);
  return sum();
}

function summing() {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    add(part: Buffer) {
      hash.update(part);
      bytes += part.length;
    },
    sum: () => ({ bytes, sha256: hash.digest('hex') }),
  };
}

async function* watched(source: AsyncIterable<Buffer>, onBytes: (bytes: Buffer) => void): AsyncGenerator<Buffer> {
  for await (const bytes of source) {
    onBytes(bytes);
    yield bytes;
  }
}

/** Removes a backup's file and whatever was begun of it; that there is none is no error. */
export async function removeBackupFile(place: Pick<BackupPlace, 'directory' | 'backupId'>): Promise<void> {
  await removeDrafts(place);
  await rm(backupFile(place), { force: true });
}

async function drain(source: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of source) chunk.fill(0);
}

async function removeDrafts({ directory, backupId }: Pick<BackupPlace, 'directory' | 'backupId'>): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names) if (name.startsWith(`.${backupId}.`)) await rm(join(directory, name), { force: true });
}

const wrappedFor = ({ workspaceId, backupId, kekId }: Omit<Header, 'format' | 'key'>) => [
  'backup',
  workspaceId,
  backupId,
  kekId,
];

function headerOf(place: BackupPlace, key: Buffer): Header {
  const { backupId, workspaceId, kekId, dataKey } = place;
  const { nonce, ciphertext } = seal(dataKey, key, wrappedFor(place));
  return { format: 1, backupId, workspaceId, kekId, key: Buffer.concat([nonce, ciphertext]).toString('base64') };
}

function keyOf(header: Header, place: BackupPlace): Buffer {
  if (header.workspaceId !== place.workspaceId)
    throw new Refusal('refused', 'This backup was made in another workspace, whose key this one does not have');
  if (header.kekId !== place.kekId)
    throw new Refusal(
      'refused',
      `This backup was encrypted under the key ${header.kekId}, but this workspace uses ${place.kekId}: put the right key file back`,
    );
  if (header.backupId !== place.backupId)
    throw new Refusal(
      'refused',
      `The file of this backup is that of another, ${header.backupId}: put the right file back`,
    );
  const wrapped = Buffer.from(header.key, 'base64');
  return unseal(
    place.dataKey,
    { nonce: wrapped.subarray(0, 12), ciphertext: wrapped.subarray(12) },
    wrappedFor(header),
  );
}

async function readHeader(file: FileHandle): Promise<{ header: Header; line: Buffer }> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(headerBytesMax), 0, headerBytesMax, 0);
  const end = buffer.subarray(0, bytesRead).indexOf('\n');
  const line = buffer.subarray(0, Math.max(0, end)).toString('utf8');
  const header = line.startsWith(begin) ? Header.safeParse(parse(line.slice(begin.length))).data : undefined;
  if (!header) throw new Refusal('refused', 'The file of this backup is damaged from its first line on');
  return { header, line: buffer.subarray(0, end + 1) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function openFile(place: Pick<BackupPlace, 'directory' | 'backupId'>): Promise<FileHandle> {
  return open(backupFile(place)).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause;
    throw new Refusal('refused', `The file of this backup is not on this server: it belongs at ${backupFile(place)}`, {
      cause,
    });
  });
}

/** A file that was renamed is there after a power cut only when its folder was written too. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory);
  await handle.sync().finally(() => handle.close());
}
