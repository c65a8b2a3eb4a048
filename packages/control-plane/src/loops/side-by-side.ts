import { setTimeout as sleep } from 'node:timers/promises';
import type { Calls } from './loops.ts';

/** Those that end, or are called for, together are looked for together. */
const gatherMs = 10;

export type SideBySide<Item> = {
  atOnceMax: number;
  /** How soon to look whether others became due while some are under way; at once when one is called for. */
  lookAgainMs: number;
  calls?: Calls | undefined;
  /** Takes at most so many of what is due. */
  lease: (room: number) => Promise<Item[]>;
  work: (item: Item) => Promise<void>;
  /** Then nothing more is taken, and what is under way ends. */
  isOver: () => boolean;
};

/** Works on what is due until nothing is, several at a time: a slow one holds up no other. Whatever it throws, nothing is under way any more. */
export async function sideBySide<Item>({ atOnceMax, lookAgainMs, calls, ...way }: SideBySide<Item>): Promise<void> {
  const underWay = new Set<Promise<void>>();
  try {
    for (;;) {
      calls?.looking();
      const room = way.isOver() ? 0 : atOnceMax - underWay.size;
      const items = room > 0 ? await leased(way, room, underWay.size > 0) : [];
      for (const item of items) {
        const work: Promise<void> = way.work(item).finally(() => underWay.delete(work));
        underWay.add(work);
      }
      if (underWay.size === 0) return;
      await Promise.race([
        ...underWay,
        sleep(lookAgainMs, undefined, { ref: false }),
        // Without room there is nothing to look for.
        ...(calls && underWay.size < atOnceMax ? [calls.next()] : []),
      ]);
      await sleep(gatherMs);
    }
  } finally {
    await Promise.allSettled(underWay);
  }
}

/** While some are under way the next look is the retry: a long one must not keep others from being looked for. */
function leased<Item>({ lease }: Pick<SideBySide<Item>, 'lease'>, room: number, isBusy: boolean): Promise<Item[]> {
  return lease(room).catch((error: unknown) => {
    if (isBusy) return [];
    throw error;
  });
}
