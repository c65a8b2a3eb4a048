import { expect, test } from 'vitest';
import { CrashLoop } from './crash-loop.ts';

const minute = 60_000;
const crashes = (...minutes: number[]) => {
  const loop = new CrashLoop();
  return minutes.map((at) => loop.note(at * minute));
};

test('the fourth end within ten minutes makes a loop', () =>
  expect(crashes(0, 2, 4, 6)).toEqual([undefined, undefined, undefined, 'Crashed 4 times in 6 minutes']));

test('ends far apart are accidents', () => expect(crashes(0, 6, 12, 18, 24)).toEqual(Array(5).fill(undefined)));

test('a loop that goes on counts on', () =>
  expect(crashes(0, 0.1, 0.2, 0.3, 0.4).slice(3)).toEqual([
    'Crashed 4 times in a minute',
    'Crashed 5 times in a minute',
  ]));

test('what was calm begins anew', () => {
  const loop = new CrashLoop();
  for (const at of [0, 1, 2]) loop.note(at * minute);
  loop.forget();
  expect(loop.note(3 * minute)).toBeUndefined();
});
