import type { AuditCheckpoint } from '@clawster/contract/audit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareCheckpoints } from './compare-checkpoint.ts';

const checkpoint = (number: number, history = 'a', keyId = 'key'): AuditCheckpoint => ({
  workspaceId: 'w',
  number,
  at: '2026-01-01T00:00:00Z',
  lastEvent: number * 5,
  keyId,
  signature: '',
  hash: `${history}${number}`,
});

/** A trail of so many seals, of which those after `parted` are of another history. */
const trail =
  (length: number, { parted = length, keyId = 'key' } = {}) =>
  (number: number) =>
    Promise.resolve(number > length ? undefined : checkpoint(number, number > parted ? 'b' : 'a', keyId));

const kept = [2, 5, 6, 9].map((number) => checkpoint(number));

test('a trail that goes on from what was kept is not told from it', async () => {
  expect(await compareCheckpoints(kept, trail(9))).toBeUndefined();
  expect(await compareCheckpoints(kept, trail(500))).toBeUndefined();
  expect(await compareCheckpoints([], trail(0))).toBeUndefined();
});

test.each([
  ['cut off', trail(5), 'tail-cut', 5, 6],
  ['cut off before all', trail(1), 'tail-cut', 0, 2],
  ['put back, and gone on', trail(20, { parted: 7 }), 'rewritten', 6, 9],
  ['made anew', trail(20, { parted: 0, keyId: 'other' }), 'key-replaced', 0, 2],
] as const)('a trail that was %s is found, and where', async (_, sealOf, kind, agreesUpTo, differsAt) =>
  expect(await compareCheckpoints(kept, sealOf)).toMatchObject({ kind, agreesUpTo, differsAt }),
);

test('where a long trail parted is found by few questions', () =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 3_000 }), async (parted) => {
      const all = Array.from({ length: 3_000 }, (_, index) => checkpoint(index + 1));
      let asked = 0;
      const sealOf = (number: number) => ((asked += 1), trail(3_000, { parted: parted - 1 })(number));
      expect(await compareCheckpoints(all, sealOf)).toMatchObject({ agreesUpTo: parted - 1, differsAt: parted });
      expect(asked).toBeLessThan(16);
    }),
    { numRuns: 20 },
  ));
