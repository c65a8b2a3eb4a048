import { expect, test } from 'vitest';
import { whyNotFits } from './fits.ts';

test.each([
  ['the same', '2026.9.6', '2026.9.6', true],
  ['an older state', '2026.9.6', '2026.10.1', true],
  ['a newer state', '2026.10.1', '2026.9.6', false],
  ['a newer patch', '2026.9.10', '2026.9.9', false],
])('%s: taken with %s, read by %s', (_, writtenBy, readBy, fits) => {
  const reason = whyNotFits(writtenBy, readBy);
  expect(reason === undefined).toBe(fits);
  if (!fits) expect(reason).toContain('update the bot first');
});
