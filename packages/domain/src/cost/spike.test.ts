import { expect, test } from 'vitest';
import { type HourUse, spikeOf } from './spike.ts';

const cost = (...usd: number[]): HourUse[] => usd.map((one) => ({ usd: one, tokens: 0 }));
const tokens = (...counts: number[]): HourUse[] => counts.map((one) => ({ usd: 0, tokens: one }));
const spike = ([hour = { usd: 0, tokens: 0 }]: HourUse[], before: HourUse[]) => spikeOf(hour, before);

test.each([
  ['ten times what is usual', cost(3), cost(0.3, 0.28, 0.31, 0.3, 0.33), true],
  ['a bot that is idle at this hour', cost(2), cost(0, 0, 0, 0, 0), true],
  ['cents, however many times what is usual', cost(0.99), cost(0.01, 0.01, 0.01), false],
  ['twice what is usual', cost(8), cost(4, 4, 4.2, 3.9), false],
  ['a bot that differs from day to day', cost(30), cost(1, 9, 4, 20, 2, 12, 7), false],
  ['one wild day before does not make wild days usual', cost(9), cost(1, 1.1, 0.9, 1, 80), true],
  ['two days are too few to know what is usual', cost(500), cost(1, 1), false],
  ['tokens at no price', tokens(900_000), tokens(10_000, 12_000, 9_000), true],
  ['few tokens', tokens(400_000), tokens(0, 0, 0), false],
])('%s', (_, hour, before, odd) => expect(spike(hour, before) !== undefined).toBe(odd));

test('what was seen is told with its figures', () => {
  expect(spike(cost(4.2), cost(0.3, 0.3, 0.3))?.why).toBe(
    'It cost $4.20 within the hour, and usually costs $0.30 at this time of day, by the last 3 days.',
  );
  expect(spike(tokens(1_500_000), tokens(20_000, 20_000, 20_000))?.why).toBe(
    'It took 1,500,000 tokens within the hour, and usually takes 20,000 at this time of day, by the last 3 days.',
  );
});
