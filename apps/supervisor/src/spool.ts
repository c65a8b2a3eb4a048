import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TelemetryItem } from '@clawster/link/report';
import type { TelemetryBatch } from '@clawster/link/report';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

const Header = z.object({ epoch: z.int(), nextSequence: z.int(), dropped: z.int() });
const batchItemsMax = 500;

/** Telemetry on its way: on disk until the control plane has stored it, bounded, and honest about what overflowed. */
export type Spool = {
  add(kind: string, data: Record<string, unknown>): void;
  /** The oldest that is not acknowledged, or undefined when all is. */
  nextBatch(): TelemetryBatch | undefined;
  acknowledge(epoch: number, sequence: number): void;
  /** Settles when all that was added is on the disk. */
  flush(): Promise<void>;
};

/** Opens the spool of this folder. A damaged or missing file begins a new epoch, so that numbers never mean two things. */
export async function openSpool(file: string, options: { itemsMax?: number } = {}): Promise<Spool> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const itemsMax = options.itemsMax ?? 10_000;
  const { header, items } = await readSpool(file);
  let forgottenSinceRewrite = 0;
  let writing: Promise<unknown> = rewrite();

  function rewrite() {
    forgottenSinceRewrite = 0;
    return writeFileAtomic(file, [header, ...items].map((line) => `${JSON.stringify(line)}\n`).join(''), {
      mode: 0o600,
    });
  }
  const enqueue = (write: () => Promise<unknown>) => {
    // A full disk must not stop the bot: what could not be written is still held in memory.
    writing = writing.then(write).catch(() => {});
  };

  return {
    add(kind, data) {
      const item = { sequence: header.nextSequence, at: new Date().toISOString(), kind, data };
      header.nextSequence += 1;
      items.push(item);
      if (items.length > itemsMax) {
        items.shift();
        header.dropped += 1;
        forgottenSinceRewrite += 1;
      }
      enqueue(() =>
        forgottenSinceRewrite > itemsMax / 10 ? rewrite() : appendFile(file, `${JSON.stringify(item)}\n`),
      );
    },
    nextBatch() {
      if (items.length === 0) return undefined;
      return { epoch: header.epoch, items: items.slice(0, batchItemsMax), dropped: header.dropped };
    },
    acknowledge(epoch, sequence) {
      if (epoch !== header.epoch) return;
      while (items[0] && items[0].sequence <= sequence) items.shift();
      header.dropped = 0;
      enqueue(rewrite);
    },
    flush: async () => void (await writing),
  };
}

async function readSpool(file: string): Promise<{ header: z.infer<typeof Header>; items: TelemetryItem[] }> {
  try {
    const [first, ...rest] = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
    const header = Header.parse(JSON.parse(first ?? ''));
    const items = rest.map((line) => TelemetryItem.parse(JSON.parse(line)));
    const last = items.at(-1);
    if (last) header.nextSequence = Math.max(header.nextSequence, last.sequence + 1);
    return { header, items };
  } catch {
    return { header: { epoch: Math.floor(Date.now() / 1000), nextSequence: 1, dropped: 0 }, items: [] };
  }
}
