import type { Step, WaitFor } from '@clawster/domain/bot/plan';
import { expect, test } from 'vitest';
import { nextLook } from './next-look.ts';
import type { Observed } from './observe.ts';

const now = new Date();
/** Only since when it is silent counts. */
const silent = { link: { silentSince: new Date(0) } } as Observed;
const waiting = (reason: WaitFor): Step => ({ do: 'wait', for: reason });
const seconds = (step: Step) => nextLook(step, 'unknown', { observed: silent, retry: undefined, now }) / 1000;

test('what may stay as it is for ever is looked at no more often than a bot at rest', () => {
  const atRest = seconds({ do: 'rest' });
  expect(seconds(waiting('newer-copy'))).toBe(atRest);
  expect(seconds(waiting('its-place'))).toBe(atRest);
  expect(seconds(waiting('link'))).toBeLessThan(atRest);
});
