import { closeSync, fstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

export type Log = { write(text: string | Buffer): void; close(): void };

/** A log file that never grows beyond `bytesMax`; the `keep` files before it stay as `.1`, `.2` … */
export function openRotatingLog(path: string, { bytesMax = 10_000_000, keep = 3 } = {}): Log {
  let file = openSync(path, 'a', 0o600);
  let size = fstatSync(file).size;
  function rotate(): void {
    closeSync(file);
    rmSync(`${path}.${keep}`, { force: true });
    for (let number = keep - 1; number >= 1; number -= 1) moveIfThere(`${path}.${number}`, `${path}.${number + 1}`);
    moveIfThere(path, `${path}.1`);
    file = openSync(path, 'a', 0o600);
    size = 0;
  }
  return {
    write(text) {
      const bytes = Buffer.from(text as Buffer);
      if (size > 0 && size + bytes.length > bytesMax) rotate();
      size += writeSync(file, bytes);
    },
    close: () => closeSync(file),
  };
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
