import type { Step, WaitFor } from '@clawster/domain/bot/plan';
import { expect, test } from 'vitest';
import { nextLook, restingMs } from './next-look.ts';
import type { Observed } from './observe.ts';

const now = new Date();
/** Only since when it is silent counts. */
const silent = { link: { silentSince: new Date(0) } } as Observed;
const waiting = (reason: WaitFor): Step => ({ do: 'wait', for: reason });
const seconds = (step: Step) => nextLook(step, 'unknown', { observed: silent, retry: undefined, now }) / 1000;

test('what may stay as it is for ever is looked at no more often than a bot at rest', () => {
  const aRound = restingMs / 1000;
  expect(seconds(waiting('newer-copy'))).toBe(aRound);
  expect(seconds(waiting('its-place'))).toBe(aRound);
  expect(seconds(waiting('link'))).toBeLessThan(aRound);
});

test('one that needs nothing is called for by nothing, unless its silence would be over before two rounds', () => {
  const rest = (silentSeconds: number) =>
    nextLook({ do: 'rest' }, 'ready', {
      observed: { link: { silentSince: new Date(now.getTime() - silentSeconds * 1000) } } as Observed,
      retry: undefined,
      now,
    });
  expect(rest(5)).toBe(Infinity);
  expect(rest(40)).toBe(5_100);
  expect(rest(60)).toBe(Infinity);
});
