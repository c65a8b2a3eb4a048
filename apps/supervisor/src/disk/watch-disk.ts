import type { Host } from '../host.ts';
import { holdLogs } from '../host/log.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { bytesOf, freeBytes } from './measure.ts';
import { tidy } from './tidy.ts';

const measureMs = 5 * 60_000;
/** The host's disk losing this much since the last measure may have been this bot. */
const growthBytes = 100_000_000;
/** Less than this free on the host's disk, and the bot writes nothing that it need not. */
const hostBytesMin = 1_000_000_000;
/** Of its limit: from here on it is tidied, and below the other it may start again. */
const tidyAt = 0.9;
const roomAt = 0.95;

export type DiskWatch = {
  /** The bot's limit, once it is known. */
  bytesMax: () => number | undefined;
  /** Since when the gateway runs; undefined when none does. */
  runningSince: () => number | undefined;
  /** The bot is over its limit, or no longer; returns when its gateway has ended. */
  onFull: (sentence: string | undefined) => Promise<void>;
  free?: (directory: string) => Promise<number>;
  now?: () => number;
};

/** Looks after what the bot takes of the disk, and after the disk itself. Returns how to look now, and how to stop. */
export function watchDisk(host: Host, watch: DiskWatch): { look(): Promise<void>; stop(): void } {
  const look = oneAtATime(createLook(host, watch));
  const timer = setInterval(() => void look().catch(() => {}), host.timing.diskLookMs);
  return { look, stop: () => clearInterval(timer) };
}

function createLook(host: Host, { bytesMax, runningSince, onFull, free = freeBytes, now = Date.now }: DiskWatch) {
  const { directory } = host.folder;
  let measured: { at: number; free: number } | undefined;
  let isFull = false;

  async function measure(): Promise<number> {
    const bytes = await bytesOf(directory);
    host.status.measured('diskBytes', bytes);
    return bytes;
  }

  /** Tidied first beside the gateway that runs, then, when that was not enough, without it. */
  async function tidied(limit: number): Promise<number> {
    await tidy(host.folder, runningSince());
    const bytes = await measure();
    if (bytes < limit || isFull) return bytes;
    isFull = true;
    await onFull(
      `The bot takes ${gigabytes(bytes)} of the disk, its limit is ${gigabytes(limit)}. It is started again when there is room: raise the limit, or delete files of the bot`,
    );
    await tidy(host.folder, runningSince());
    return measure();
  }

  return async () => {
    const freeNow = await free(directory);
    tellHostDisk(host, freeNow);
    const limit = bytesMax();
    if (limit === undefined) return;
    const isDue = !measured || now() - measured.at >= measureMs || measured.free - freeNow > growthBytes;
    if (!isDue && !isFull) return;
    let bytes = await measure();
    if (bytes >= limit * tidyAt) bytes = await tidied(limit);
    measured = { at: now(), free: await free(directory) };
    if (!isFull || bytes >= limit * roomAt) return;
    isFull = false;
    await onFull(undefined);
  };
}

/** The bot works on beside a disk that is nearly full, but adds nothing to it. */
function tellHostDisk({ status }: Host, free: number): void {
  const isLow = free < hostBytesMin;
  holdLogs(isLow);
  status.impair(
    'disk',
    isLow
      ? `Only ${gigabytes(free)} are free on this host's disk: the bot works on, and writes no logs and telemetry until ${gigabytes(hostBytesMin)} are`
      : undefined,
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
