import { open, rename, stat, truncate, writeFile } from 'node:fs/promises';

/** Output is for crashes; what a supervisor has to say goes to its own rotated log. */
const bytesMax = 1024 * 1024;
const bytesKept = 64 * 1024;

/** The last lines of a file, oldest first; none when there is no file. */
export async function lastLines(file: string, lines: number): Promise<string[]> {
  const text = await tail(file, bytesKept);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .slice(-lines);
}

/** Keeps the file bounded while a process appends to it: the end is set aside, the file emptied under it. */
export async function boundOutput(file: string): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size <= bytesMax) return;
  const aside = `${file}.1`;
  await writeFile(`${aside}.partial`, await tail(file, bytesKept), { mode: 0o600 });
  await rename(`${aside}.partial`, aside);
  await truncate(file);
}

async function tail(file: string, bytes: number): Promise<string> {
  const handle = await open(file).catch(() => undefined);
  if (!handle) return '';
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.min(bytes, size));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, size - buffer.length);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await handle.close();
  }
}
