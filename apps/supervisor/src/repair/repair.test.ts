import { expect, test } from 'vitest';
import { describeRepair } from '../testing/describe-repair.ts';
import { changesOf } from './steps.ts';

describeRepair('of the stand-in', { waitMs: 120_000 });

test('what doctor changed is read from its box', () => {
  const output = `◇  Doctor changes ────╮
│                      │
│  - Tightened         │
│    permissions on x  │
│  - Moved y           │
│                      │
├──────────────────────╯
│
◇  Backups ────╮
│  - nothing   │
├──────────────╯`;
  expect(changesOf(output)).toEqual(['Tightened permissions on x', 'Moved y']);
  expect(changesOf('nothing of the kind')).toEqual([]);
});
