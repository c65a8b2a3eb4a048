import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOffMs } from './back-off.ts';

test('nothing failed: no waiting', () => expect(backOffMs(0, 0.5)).toBe(0));

test('each failure waits at least as long as the one before at its shortest, and five minutes at most', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const waited = backOffMs(failures, random);
      return waited >= 1_000 && waited <= 300_000 && backOffMs(failures + 1, random) >= waited;
    }),
  );
});

test('those who failed together come back apart', () => {
  expect(backOffMs(5, 0)).toBe(16_000);
  expect(backOffMs(5, 1)).toBe(32_000);
});
