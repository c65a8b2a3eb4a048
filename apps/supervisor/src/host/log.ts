import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { maskSecrets } from './mask.ts';

/** Beyond this a log file becomes `.1`, and an older `.1` is forgotten: a bot's logs stay under 20 MB. */
const bytesMax = 5 * 1024 * 1024;

let held = false;

/** Keeps this process from filling the last of a disk that others need too: what it has to say is lost meanwhile. */
export function holdLogs(hold: boolean): void {
  held = hold;
}

export function mayWriteLogs(): boolean {
  return !held;
}

/** Appends to a file of bounded size. Synchronous, so that the last words of a dying process are kept. */
export type RotatingFile = { write(text: string): void };

export function openRotatingFile(file: string): RotatingFile {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  let size = sizeOf(file);
  return {
    write(text) {
      if (held) return;
      try {
        if (size > bytesMax) {
          rmSync(`${file}.1`, { force: true });
          renameSync(file, `${file}.1`);
          size = 0;
        }
        appendFileSync(file, text, { mode: 0o600 });
        size += Buffer.byteLength(text);
      } catch {
        /* A disk that is full, or a folder that is gone, costs the line and not the bot. */
      }
    },
  };
}

export type Log = (level: 'info' | 'warn' | 'error', message: string, detail?: Record<string, unknown>) => void;

/** The supervisor's own log: one JSON object a line, secrets masked. */
export function openLog(file: string): Log {
  const output = openRotatingFile(file);
  return (level, message, detail = {}) => {
    output.write(`${maskSecrets(JSON.stringify({ at: new Date().toISOString(), level, message, ...detail }))}\n`);
  };
}

function sizeOf(file: string) {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
