import fc from 'fast-check';
import { expect, test } from 'vitest';
import { together } from './together.ts';

type Item = { key: string; value: number };
const item = fc.record({ key: fc.constantFrom('a', 'b', 'c'), value: fc.nat() });

test('each is answered with its own, never two of a key or more than the limit at once, nor two batches', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(item, { minLength: 1 }), fc.integer({ min: 1, max: 3 }), async (items, atOnceMax) => {
      let underWay = 0;
      const seen: Item[] = [];
      const double = together({ atOnceMax, keyOf: ({ key }: Item) => key }, async (batch) => {
        underWay += 1;
        expect(underWay).toBe(1);
        expect(batch.length).toBeLessThanOrEqual(atOnceMax);
        expect(new Set(batch.map(({ key }) => key)).size).toBe(batch.length);
        await new Promise((resolve) => setImmediate(resolve));
        seen.push(...batch);
        underWay -= 1;
        return batch.map(({ value }) => ({ result: value * 2 }));
      });
      expect(await Promise.all(items.map(double))).toEqual(items.map(({ value }) => value * 2));
      for (const key of ['a', 'b', 'c'])
        expect(seen.filter((one) => one.key === key)).toEqual(items.filter((one) => one.key === key));
    }),
  );
});

test('one that is refused is refused alone; when nothing could be done, all who came together are told, and no one after', async () => {
  let isDown = false;
  const admit = together({ atOnceMax: 9, keyOf: String }, async (batch: number[]) => {
    if (isDown) throw new Error('The database is away');
    return batch.map((one) => (one === 2 ? { error: new Error('Not you') } : { result: one }));
  });
  const first = await Promise.allSettled([1, 2, 3].map(admit));
  expect(first.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  isDown = true;
  const second = await Promise.allSettled([1, 3].map(admit));
  expect(second.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  isDown = false;
  expect(await admit(1)).toBe(1);
});

test('those who come while others are served are served together', async () => {
  const batches: number[][] = [];
  const serve = together({ atOnceMax: 99, keyOf: String }, async (batch: number[]) => {
    batches.push(batch);
    await new Promise((resolve) => setTimeout(resolve, 20));
    return batch.map((one) => ({ result: one }));
  });
  const first = serve(0);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await Promise.all([first, ...[1, 2, 3].map(serve)]);
  expect(batches).toEqual([[0], [1, 2, 3]]);
});
