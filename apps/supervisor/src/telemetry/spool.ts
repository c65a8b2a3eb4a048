import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { TelemetryItem } from '@clawster/link/report';
import type { Report, TelemetryBatch } from '@clawster/link/report';
import { sync as writeFileAtomicSync } from 'write-file-atomic';
import { z } from 'zod';
import { mayWriteLogs } from '../host/log.ts';
import { SpoolState, type Bounds, type Marks, type Snapshot } from './spool-state.ts';

const Offered = z.object({ sequence: z.int(), dropped: z.int() });
const MarkSet = z.record(z.string(), z.unknown());
const Header = z.object({
  epoch: z.int(),
  nextSequence: z.int(),
  dropped: z.int(),
  offered: Offered.optional(),
  /** Absent where a supervisor of before wrote it; one of before reads past it. */
  marks: MarkSet.default({}),
});
/** One line of the file after the first: what happened to the spool, in order. An item and what was read with it are one line. */
const Line = z.union([
  TelemetryItem.extend({ marks: MarkSet.optional() }),
  z.object({ offered: Offered }),
  z.object({ acknowledged: z.int() }),
  z.object({ marks: MarkSet }),
]);

/** How long after a write that failed the next is tried. */
const patienceMs = 5_000;

/** Telemetry on its way: on disk until the control plane has stored it, bounded, and honest about what overflowed. */
export type Spool = {
  /** `marks` are kept with the item or not at all. */
  add(kind: string, data: Record<string, unknown>, marks?: Marks): void;
  /** Keeps how far something was read where nothing is told of it. */
  mark(marks: Marks): void;
  /** What was marked last under this name, also by a process before this one. */
  markOf(key: string): unknown;
  /** The names under which something is marked. */
  markKeys(): string[];
  /** What is not acknowledged yet; undefined when nothing is. */
  waiting(): Report['spool'];
  /** The oldest that is not acknowledged, or undefined when all is. The same again until it is acknowledged. */
  nextBatch(): TelemetryBatch | undefined;
  acknowledge(epoch: number, sequence: number): void;
  /** Settles when all that was added is on the disk. */
  flush(): Promise<void>;
};

export type SpoolOptions = Partial<Bounds> & { now?: () => number };

/**
 * Opens the spool of this folder. A line that was cut short costs that line alone; a file without a head begins a new
 * epoch, so that numbers never mean two things.
 */
export async function openSpool(file: string, options: SpoolOptions = {}): Promise<Spool> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const state = readState(file, { itemsMax: options.itemsMax ?? 10_000, bytesMax: options.bytesMax ?? 16_000_000 });
  const now = options.now ?? Date.now;
  // A number is used once, also where a full disk kept from being written what was sent: none is below the time in ms.
  state.nextSequence = Math.max(state.nextSequence, now());
  const journal = openJournal(file, state, now);
  return {
    add(kind, data, marks) {
      const item = { sequence: state.nextSequence, at: new Date().toISOString(), kind, data };
      state.add(item);
      if (marks) state.mark(marks);
      journal.append(marks ? { ...item, marks } : item);
    },
    mark(marks) {
      state.mark(marks);
      journal.append({ marks });
    },
    markOf: (key) => state.markOf(key),
    markKeys: () => Object.keys(state.marks),
    waiting: () => state.waiting,
    nextBatch() {
      const next = state.offer();
      // Written before it is sent: after a crash it is offered as it was, and its gap told once.
      if (next?.isNew) journal.append({ offered: next.offered });
      return next?.batch;
    },
    acknowledge(epoch, sequence) {
      if (epoch === state.epoch && state.acknowledge(sequence)) journal.append({ acknowledged: sequence });
    },
    flush: async () => journal.compact(),
  };
}

/**
 * Appends what happens, and writes the state anew when most of the file is history. Synchronous: what was added is in
 * the system's hands before anything else happens, whatever kills this process. A full disk stops nothing: what could
 * not be written is held in memory, and written once there is room.
 */
function openJournal(file: string, state: SpoolState, now: () => number) {
  let bytes = 0;
  let isWhole = false;
  let notBefore = 0;
  const attempt = (write: () => void) => {
    if (!mayWriteLogs() || now() < notBefore) isWhole = false;
    else {
      try {
        write();
      } catch {
        isWhole = false;
        notBefore = now() + patienceMs;
      }
    }
  };
  const compact = () =>
    attempt(() => {
      const text = [state.snapshot(), ...state.items].map((line) => `${JSON.stringify(line)}\n`).join('');
      writeFileAtomicSync(file, text, { mode: 0o600, fsync: false });
      bytes = Buffer.byteLength(text);
      isWhole = true;
    });
  compact();
  return {
    compact,
    append(line: z.infer<typeof Line>) {
      if (!isWhole || bytes > 2 * state.bytes + 256 * 1024) return compact();
      const text = `${JSON.stringify(line)}\n`;
      attempt(() => {
        appendFileSync(file, text, { mode: 0o600 });
        bytes += Buffer.byteLength(text);
      });
    },
  };
}

function readState(file: string, bounds: Bounds): SpoolState {
  const [first, ...rest] = linesOf(file);
  const header = Header.safeParse(parsed(first)).data;
  const state = new SpoolState(header ?? firstSnapshot(), bounds);
  if (!header) return state;
  for (const line of rest) {
    const seen = Line.safeParse(parsed(line)).data;
    if (!seen) continue;
    if ('kind' in seen) {
      const { marks, ...item } = seen;
      state.add(item);
      if (marks) state.mark(marks);
    } else if ('marks' in seen) state.mark(seen.marks);
    else if ('offered' in seen) state.offers(seen.offered);
    else state.acknowledge(seen.acknowledged);
  }
  return state;
}

function firstSnapshot(): Snapshot {
  return { epoch: Math.floor(Date.now() / 1000), nextSequence: 1, dropped: 0, marks: {} };
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

function parsed(line: string | undefined): unknown {
  try {
    return JSON.parse(line ?? '');
  } catch {
    return undefined;
  }
}
