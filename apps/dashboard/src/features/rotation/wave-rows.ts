import type { Rotation, RotationBot, RotationBotState } from '@clawster/contract/rotation';

export type WaveRow = {
  wave: number;
  state: 'waiting' | 'given' | 'proven' | 'stuck';
  counts: Partial<Record<RotationBotState, number>>;
  stuck: RotationBot[];
};

/** A row for each wave of a rotation: how far it is, how many bots are where, and which are stuck. */
export function waveRows({ wave: now, waves, phase }: Rotation, bots: readonly RotationBot[]): WaveRow[] {
  return Array.from({ length: waves }, (_, index) => {
    const wave = index + 1;
    const ofWave = bots.filter((bot) => bot.wave === wave);
    const counts: WaveRow['counts'] = {};
    for (const { state } of ofWave) counts[state] = (counts[state] ?? 0) + 1;
    const stuck = ofWave.filter(({ state }) => state === 'stuck');
    return { wave, state: stateOf({ wave, now, isOver: phase === 'done', isStuck: stuck.length > 0 }), counts, stuck };
  });
}

type Place = { wave: number; now: number; isOver: boolean; isStuck: boolean };

function stateOf({ wave, now, isOver, isStuck }: Place): WaveRow['state'] {
  if (isStuck) return 'stuck';
  if (isOver || wave < now) return 'proven';
  return wave === now ? 'given' : 'waiting';
}
