import { renameSync, statSync } from 'node:fs';
import { memoryOfTree } from '../host/process-tree.ts';
import type { Host } from '../host.ts';
import type { Running } from './bring-up.ts';

/** OpenClaw appends to its own log for as long as it runs; it opens the file anew for each write. */
const openclawLogBytesMax = 20 * 1024 * 1024;

/** Looks at the gateway's memory, and calls `onOver` with a reason when it is over the bot's limit twice in a row. Returns how to stop. */
export function watchMemory(
  host: Host,
  running: Running,
  { onOver, everyMs = 5_000 }: { onOver: (reason: string) => void; everyMs?: number },
): () => void {
  let timesOver = 0;
  const timer = setInterval(() => {
    void memoryOfTree(running.process.pid).then((bytes) => {
      if (bytes === undefined || running.process.hasExited()) return;
      host.status.measured('memoryBytes', bytes);
      const limit = running.applied.memoryBytesMax;
      timesOver = bytes > limit ? timesOver + 1 : 0;
      if (timesOver < 2) return;
      timesOver = 0;
      onOver(`The gateway used ${megabytes(bytes)}, more than its limit of ${megabytes(limit)}, and was restarted`);
    });
    rotate(host.folder.openclawLog);
  }, everyMs);
  return () => clearInterval(timer);
}

function rotate(file: string) {
  try {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) < openclawLogBytesMax) return;
    renameSync(file, `${file}.1`);
  } catch {
    /* It is tried again at the next look. */
  }
}

function megabytes(bytes: number) {
  return `${Math.round(bytes / 1_000_000)} MB`;
}
