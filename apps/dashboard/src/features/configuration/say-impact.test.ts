import { expect, test } from 'vitest';
import { sayImpact } from './say-impact.ts';

test.each([
  [{ concerned: 0, changed: 0, hot: 0, restart: 0, refused: 0 }, 'It concerns no bot now.'],
  [{ concerned: 2, changed: 0, hot: 0, restart: 0, refused: 0 }, 'It concerns 2 bots: nothing changes.'],
  [{ concerned: 1, changed: 1, hot: 1, restart: 0, refused: 0 }, 'It concerns 1 bot: 1 changes at once.'],
  [
    { concerned: 9, changed: 6, hot: 3, restart: 2, refused: 1 },
    'It concerns 9 bots: 3 change at once, 2 change by a restart, 1 could not take it over.',
  ],
])('what a change touches is told in a sentence: %j', (impact, sentence) => {
  expect(sayImpact({ ...impact, bots: [] })).toBe(sentence);
});
