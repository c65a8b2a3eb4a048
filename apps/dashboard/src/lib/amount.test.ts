import { expect, test } from 'vitest';
import { percent, shortCount, usd } from './amount.ts';

test.each([
  [0, '$0'],
  [0.0042, '$0.0042'],
  [0.000_031, '$0.000031'],
  [0.01, '$0.01'],
  [1204.5, '$1,204.50'],
])('%d dollars read %s', (amount, said) => expect(usd(amount)).toBe(said));

test.each([
  [0, '0'],
  [840, '840'],
  [12_400, '12.4K'],
])('%d reads %s where there is little room', (value, said) => expect(shortCount(value)).toBe(said));

test.each([
  [0, 10, '0 %'],
  [0, 0, '0 %'],
  [1, 100_000, '< 0.1 %'],
  [1, 24, '4.2 %'],
  [10, 20, '50 %'],
])('%d of %d are %s', (part, whole, said) => expect(percent(part, whole)).toBe(said));
