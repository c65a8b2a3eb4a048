import { readFileSync } from 'node:fs';
import { sync as writeFileAtomicSync } from 'write-file-atomic';
import type { z } from 'zod';
import { mayWriteLogs } from '../host/log.ts';

/** What is written down so that a restart finds it again. */
export type Notes<T> = { read(): T | undefined; write(notes: T): void };

/**
 * Notes in this file; without one they are written nowhere. Synchronous, as the spool is: what was spent is in the
 * system's hands before the next call is let through.
 */
export function openNotes<Schema extends z.ZodType>(file: string | undefined, schema: Schema): Notes<z.output<Schema>> {
  return {
    read() {
      if (file === undefined) return undefined;
      try {
        return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
      } catch {
        return undefined;
      }
    },
    write(notes) {
      if (file === undefined || !mayWriteLogs()) return;
      try {
        writeFileAtomicSync(file, `${JSON.stringify(notes)}\n`, { mode: 0o600, fsync: false });
      } catch {
        // A full disk stops no model: it is known in memory, and written with the next call.
      }
    },
  };
}
