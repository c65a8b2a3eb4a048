import { open } from 'node:fs/promises';
import { CliRefusal } from './failure.ts';

/** Writes parts as they come into a file of its own, which nobody else may read; refuses where one is already. */
export async function writeNewFile(file: string, parts: AsyncIterable<string>): Promise<void> {
  const handle = await open(file, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'EEXIST' ? 'is there already: choose another name' : `cannot be written (${cause.code})`;
    throw new CliRefusal(`${file} ${why}`, undefined, { cause });
  });
  try {
    for await (const part of parts) await handle.write(part);
  } finally {
    await handle.close();
  }
}
