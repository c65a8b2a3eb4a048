import { setTimeout as sleep } from 'node:timers/promises';

/** Those that end together make room together. */
const gatherMs = 5;

export type SideBySide<Item> = {
  atOnceMax: number;
  /** How soon to look whether others became due while some are under way. */
  lookAgainMs: number;
  /** Takes at most so many of what is due. */
  lease: (room: number) => Promise<Item[]>;
  work: (item: Item) => Promise<void>;
  /** Then nothing more is taken, and what is under way ends. */
  isOver: () => boolean;
};

/** Works on what is due until nothing is, several at a time: a slow one holds up no other. Whatever it throws, nothing is under way any more. */
export async function sideBySide<Item>({ atOnceMax, lookAgainMs, ...way }: SideBySide<Item>): Promise<void> {
  const underWay = new Set<Promise<void>>();
  try {
    for (;;) {
      const room = way.isOver() ? 0 : atOnceMax - underWay.size;
      const items = room > 0 ? await leased(way, room, underWay.size > 0) : [];
      for (const item of items) {
        const work: Promise<void> = way.work(item).finally(() => underWay.delete(work));
        underWay.add(work);
      }
      if (underWay.size === 0) return;
      await Promise.race([...underWay, sleep(lookAgainMs, undefined, { ref: false })]);
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
