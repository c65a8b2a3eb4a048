import { setTimeout as sleep } from 'node:timers/promises';

/** Does for many at once what each asks for within a moment; every one of them is told how it went. */
export function gathered<Item>(work: (items: Item[]) => Promise<void>, ms: number): (item: Item) => Promise<void> {
  let waiting: Item[] = [];
  let underWay: Promise<void> | undefined;
  return (item) => {
    waiting.push(item);
    underWay ??= sleep(ms).then(() => {
      const items = waiting;
      waiting = [];
      underWay = undefined;
      return work(items);
    });
    return underWay;
  };
}
