import type { Rotation, RotationBot, RotationPhase } from '@clawster/contract/rotation';
import { expect, test } from 'vitest';
import { waveRows } from './wave-rows.ts';

const rotation = (phase: RotationPhase, wave: number) => ({ phase, wave, waves: 3 }) as Rotation;
const bot = (wave: number, state: RotationBot['state']): RotationBot => ({
  botId: `${wave} ${state}`,
  botName: `bot-${wave}`,
  wave,
  state,
  text: '',
  at: '2026-01-01T00:00:00Z',
});

test.each([
  ['running', 2, ['proven', 'given', 'waiting']],
  ['done', 3, ['proven', 'proven', 'proven']],
  ['halted', 1, ['given', 'waiting', 'waiting']],
] as const)('of a rotation that is %s in wave %i, each wave says how far it is', (phase, wave, states) =>
  expect(waveRows(rotation(phase, wave), []).map(({ state }) => state)).toEqual(states),
);

test('a wave counts its bots, and names those that are stuck even when it is over', () => {
  const bots = [bot(1, 'proven'), bot(1, 'stuck'), bot(2, 'waiting')];
  const [first, second] = waveRows(rotation('running', 2), bots);
  expect(first).toEqual({ wave: 1, state: 'stuck', counts: { proven: 1, stuck: 1 }, stuck: [bots[1]] });
  expect(second?.counts).toEqual({ waiting: 1 });
});
