import { expect, test } from 'vitest';
import { bytesMax, entriesMax, whyNotWrite } from './why-not-write.ts';

test.each([
  ['a small team writes', { entries: 1, bytes: 10 }, { bytes: 10, bytesBefore: 0, isNew: true }, undefined],
  [
    'a full one writes nothing new',
    { entries: entriesMax, bytes: 10 },
    { bytes: 1, bytesBefore: 0, isNew: true },
    'delete',
  ],
  [
    'but writes anew what it knows',
    { entries: entriesMax, bytes: 10 },
    { bytes: 9, bytesBefore: 5, isNew: false },
    undefined,
  ],
  [
    'one with too many bytes writes none more',
    { entries: 2, bytes: bytesMax },
    { bytes: 6, bytesBefore: 5, isNew: false },
    'shorten',
  ],
  ['but shortens', { entries: 2, bytes: bytesMax + 9 }, { bytes: 4, bytesBefore: 5, isNew: false }, undefined],
] as const)('%s', (_, size, writing, why) => {
  const told = whyNotWrite(size, writing);
  if (why === undefined) expect(told).toBeUndefined();
  else expect(told).toContain(why);
});
