import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { turnstile } from './turnstile.ts';

test('who comes when all turns are taken gets the next that is free, in order', async () => {
  const { enter, leave } = turnstile(2, 60_000);
  expect(await Promise.all([enter(), enter()])).toEqual([true, true]);
  const order: string[] = [];
  const [third, fourth] = [enter().then(() => order.push('third')), enter().then(() => order.push('fourth'))];
  await sleep(10);
  expect(order).toEqual([]);
  leave();
  await third;
  expect(order).toEqual(['third']);
  leave();
  await fourth;
});

test("who waited too long is told so, and takes nobody's turn", async () => {
  const { enter, leave } = turnstile(1, 20);
  expect(await enter()).toBe(true);
  expect(await enter()).toBe(false);
  leave();
  expect(await enter()).toBe(true);
});
