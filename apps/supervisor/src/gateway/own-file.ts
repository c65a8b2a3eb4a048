import { constants } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';

/** Far more than OpenClaw reads of any of them. */
const bytesMax = 2_000_000;

/** What lies where a file of ours is to be. `foreign`: what is no text to be read, such as a link that leads elsewhere. */
export type Found = { kind: 'text'; text: string } | { kind: 'absent' } | { kind: 'foreign' };

/** Reads a file that the bot can put anything in the place of: follows no link, waits for no pipe, reads no more than fits. */
export async function readOwn(path: string): Promise<Found> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    return await read(file).finally(() => file.close());
  } catch (error) {
    return { kind: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'foreign' };
  }
}

async function read(file: FileHandle): Promise<Found> {
  const stat = await file.stat();
  if (!stat.isFile()) return { kind: 'foreign' };
  const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(stat.size, bytesMax)));
  return { kind: 'text', text: buffer.toString('utf8', 0, bytesRead) };
}

/** Puts a text in the place of whatever lies there, whole; undefined takes it away. A link is replaced, never followed. */
export async function writeOwn(path: string, text: string | undefined): Promise<void> {
  if ((await readOwn(path)).kind === 'foreign') await rm(path, { recursive: true, force: true });
  if (text === undefined) await rm(path, { force: true });
  else await writeFileAtomic(path, text, { mode: 0o600 });
}
