import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Hold } from '../orders.ts';
import { watchDisconnect } from './disconnect.ts';

const minute = 60_000;
let minutes: number;
let isUp: boolean;
let policy: 'keep' | number | undefined;
let told: (Hold | undefined)[];
let hasEnded: Promise<void>;
let watch: ReturnType<typeof watchDisconnect>;
beforeEach(() => {
  minutes = 0;
  isUp = true;
  policy = 10;
  told = [];
  hasEnded = Promise.resolve();
  watch = watchDisconnect({
    policy: () => policy,
    isUp: () => isUp,
    now: () => minutes * minute,
    async onAway(hold) {
      told.push(hold);
      await hasEnded;
    },
  });
});
afterEach(() => watch.stop());

async function after(some: number): Promise<void> {
  minutes += some;
  await watch.look();
}

test('a bot that is to keep working works on however long nobody hears it', async () => {
  policy = 'keep';
  isUp = false;
  await after(100_000);
  expect(told).toEqual([]);
});

test('a bot whose configuration never came is not held', async () => {
  policy = undefined;
  isUp = false;
  await after(100_000);
  expect(told).toEqual([]);
});

test('it stops once when its time is over, not before, and runs again as soon as the link is back', async () => {
  isUp = false;
  await after(9.9);
  expect(told).toEqual([]);
  await after(0.2);
  await after(50);
  expect(told).toEqual([{ sentence: expect.stringMatching(/not be reached for 10 min/), state: 'failed' }]);
  isUp = true;
  await after(0);
  await after(5);
  expect(told.slice(1)).toEqual([undefined]);
});

test('a link that comes back in between starts the time anew', async () => {
  isUp = false;
  await after(9);
  isUp = true;
  await after(0.5);
  isUp = false;
  await after(9);
  expect(told).toEqual([]);
});

test('a policy that is changed holds at once: keep lets a held bot run', async () => {
  isUp = false;
  await after(11);
  policy = 'keep';
  await after(0);
  expect(told).toEqual([expect.objectContaining({ state: 'failed' }), undefined]);
});

test('a link that is back while the gateway still ends is heeded once it has ended', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  hasEnded = promise;
  isUp = false;
  const stopping = after(11);
  isUp = true;
  const meanwhile = after(0);
  expect(told).toHaveLength(1);
  resolve();
  await Promise.all([stopping, meanwhile]);
  await after(0);
  expect(told).toEqual([expect.objectContaining({ state: 'failed' }), undefined]);
});
