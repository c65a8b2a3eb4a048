import { expect, test } from 'vitest';
import { stretchesOf } from './stretch.ts';

test.each([
  ['what was never used is not looked for', [], []],
  [
    'a day, and the one before, when the turn may have begun',
    [{ day: '2026-11-27', uses: 3 }],
    [{ from: '2026-11-26', to: '2026-11-28', often: false }],
  ],
  [
    'seldom uses are looked up together',
    [
      { day: '2026-11-01', uses: 3 },
      { day: '2026-11-27', uses: 3 },
    ],
    [{ from: '2026-10-31', to: '2026-11-28', often: false }],
  ],
  [
    'a day of many is looked through by itself',
    [
      { day: '2026-11-26', uses: 1 },
      { day: '2026-11-27', uses: 10 },
    ],
    [
      { from: '2026-11-27', to: '2026-11-28', often: true },
      { from: '2026-11-25', to: '2026-11-27', often: false },
    ],
  ],
  [
    'never more together than are seldom',
    [
      { day: '2026-11-26', uses: 6 },
      { day: '2026-11-27', uses: 6 },
    ],
    [
      { from: '2026-11-27', to: '2026-11-28', often: false },
      { from: '2026-11-25', to: '2026-11-27', often: false },
    ],
  ],
])('%s', (_, days, stretches) => expect(stretchesOf(days, 10)).toEqual(stretches));
