import { expect, test } from 'vitest';
import { aFewAtATime } from './a-few-at-a-time.ts';

test('each is done once, four at a time, and what comes of them stands in their order', async () => {
  let [running, most] = [0, 0];
  const doubled = await aFewAtATime([5, 1, 4, 2, 3, 0], async (number) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, number));
    running -= 1;
    return number * 2;
  });
  expect(doubled).toEqual([10, 2, 8, 4, 6, 0]);
  expect(most).toBe(4);
});
