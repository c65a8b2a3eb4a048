import type { RotationBotState } from '@clawster/contract/rotation';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BotSeen, proofMsMax, rotationStateOf } from './bot-state.ts';
import { planRotation, type RotationBotFacts } from './plan.ts';
import { waveOf, wavesFor } from './waves.ts';

const sizes = (total: number, atOnce = false) => {
  const waves = Array.from({ length: total }, (_, place) => waveOf(place, total, atOnce));
  return Array.from({ length: wavesFor(total, atOnce) }, (_, index) => waves.filter((one) => one === index + 1).length);
};

test.each([
  [0, []],
  [1, [1]],
  [2, [1, 1]],
  [5, [1, 1, 3]],
  [30, [1, 3, 26]],
  [500, [1, 50, 449]],
])('of %i bots the waves are %o', (total, expected) => expect(sizes(total)).toEqual(expected));
test('in an emergency all bots are one wave', () => expect(sizes(30, true)).toEqual([30]));

const bot = (name: string, wave: number, state: RotationBotState, setAside = false): RotationBotFacts => ({
  name,
  wave,
  state,
  setAside,
});

test.each([
  ['begins with the first wave', 0, [bot('a', 1, 'waiting')], { do: 'give', wave: 1 }],
  ['waits for a proof', 1, [bot('a', 1, 'given'), bot('b', 2, 'waiting')], { do: 'wait' }],
  ['goes on after a proof', 1, [bot('a', 1, 'proven'), bot('b', 2, 'waiting')], { do: 'give', wave: 2 }],
  ['is not held up by a bot at rest', 1, [bot('a', 1, 'resting'), bot('b', 2, 'waiting')], { do: 'give', wave: 2 }],
  ['halts when the first bot is stuck', 1, [bot('a', 1, 'stuck'), bot('b', 2, 'waiting')], { do: 'halt' }],
  ['goes on without one set aside', 1, [bot('a', 1, 'stuck', true), bot('b', 2, 'waiting')], { do: 'give', wave: 2 }],
  [
    'leaves one stuck later behind, and goes on',
    2,
    [bot('a', 1, 'proven'), bot('b', 2, 'stuck'), bot('c', 3, 'waiting')],
    { do: 'give', wave: 3 },
  ],
  [
    'does not end while one is stuck',
    3,
    [bot('a', 1, 'proven'), bot('b', 2, 'stuck'), bot('c', 3, 'proven')],
    { do: 'halt', reason: 'b is stuck: try again, set it aside, or undo' },
  ],
  [
    'halts when more than a few are stuck, whoever else is waited for',
    3,
    [bot('a', 1, 'proven'), bot('b', 2, 'stuck'), bot('c', 3, 'stuck'), bot('d', 3, 'given')],
    { do: 'halt' },
  ],
  ['ends when all are proven', 1, [bot('a', 1, 'proven'), bot('b', 1, 'gone')], { do: 'finish' }],
  ['ends at once where no bot uses it', 0, [], { do: 'finish', reason: 'No bot uses it' }],
] as const)('a rotation %s', (_, wave, bots, step) => {
  const waves = Math.max(0, ...bots.map((one) => one.wave));
  expect(planRotation({ wave, waves, bots })).toMatchObject(step);
});

test('no wave is given before every bot of those before it is settled', () => {
  const states: RotationBotState[] = ['waiting', 'given', 'proven', 'stuck', 'resting', 'gone'];
  const anyBot = fc.record({
    name: fc.string(),
    wave: fc.integer({ min: 1, max: 3 }),
    state: fc.constantFrom(...states),
    setAside: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(anyBot, { maxLength: 20 }), fc.integer({ min: 0, max: 3 }), (bots, wave) => {
      const step = planRotation({ wave, waves: 3, bots });
      if (step.do === 'give') {
        expect(bots.some(({ state }) => state === 'given')).toBe(false);
        expect(bots.some((one) => one.wave === 1 && one.state === 'stuck' && !one.setAside)).toBe(false);
      }
      if (step.do === 'finish')
        expect(bots.filter(({ state, setAside }) => state === 'given' || (state === 'stuck' && !setAside))).toEqual([]);
    }),
  );
});

describe('a bot that was given the new value', () => {
  const now = new Date('2026-01-01T01:00:00Z');
  const given: BotSeen = {
    state: 'given',
    text: '',
    givenAt: new Date(now.getTime() - 10_000),
    proof: undefined,
    isUsing: true,
    isRunning: true,
    reason: 'Ready',
  };
  const proof = (ok: boolean) => ({ ok, text: ok ? 'Taken' : 'Refused', at: now.toISOString() });
  const late = new Date(now.getTime() - proofMsMax - 1);
  test.each<[string, Partial<BotSeen>, RotationBotState]>([
    ['is waited for', {}, 'given'],
    ['is proven when the other side took it', { proof: proof(true) }, 'proven'],
    ['is stuck when the other side refused it', { proof: proof(false) }, 'stuck'],
    ['is stuck when no proof comes in time', { givenAt: late }, 'stuck'],
    ['rests when it does not run', { isRunning: false }, 'resting'],
    ['is gone when it uses the secret no more', { isUsing: false }, 'gone'],
    ['is proven after all', { state: 'stuck', proof: proof(true) }, 'proven'],
    ['stays stuck', { state: 'stuck' }, 'stuck'],
  ])('%s', (_, seen, state) => expect(rotationStateOf({ ...given, ...seen }, now).state).toBe(state));
});
