import type { RotationBotState } from '@clawster/contract/rotation';

export type RotationBotFacts = { name: string; wave: number; state: RotationBotState; setAside: boolean };
export type RotationFacts = { wave: number; waves: number; bots: readonly RotationBotFacts[] };

/** What a rotation does next, and why in words. */
export type RotationStep = { do: 'give'; wave: number } | { do: 'wait' | 'halt' | 'finish'; reason: string };

/** More of all bots than this may not be stuck while others follow. */
const stuckShareMax = 0.1;

/**
 * The next step of a rotation. A bot that is stuck in the first wave halts it before any other is touched; later a few are
 * left behind and named, and keep the former value from being destroyed until someone decides.
 */
export function planRotation({ wave, waves, bots }: RotationFacts): RotationStep {
  const stuck = bots.filter(({ state, setAside }) => state === 'stuck' && !setAside);
  if (stuck.length > 0 && isTooMany(stuck, bots.length)) return { do: 'halt', reason: haltReason(stuck) };
  const open = bots.filter(({ state }) => state === 'given');
  if (open.length > 0) return { do: 'wait', reason: waitReason(open, { wave, waves }) };
  if (wave < waves) return { do: 'give', wave: wave + 1 };
  if (stuck.length > 0) return { do: 'halt', reason: haltReason(stuck) };
  return { do: 'finish', reason: endReason(bots) };
}

function isTooMany(stuck: readonly RotationBotFacts[], total: number): boolean {
  return stuck.some(({ wave }) => wave === 1) || stuck.length > Math.max(1, Math.floor(total * stuckShareMax));
}

function haltReason(stuck: readonly RotationBotFacts[]): string {
  const be = stuck.length === 1 ? 'is' : 'are';
  return `${namesOf(stuck)} ${be} stuck: try again, set ${stuck.length === 1 ? 'it' : 'them'} aside, or undo`;
}

function waitReason(open: readonly RotationBotFacts[], { wave, waves }: Omit<RotationFacts, 'bots'>): string {
  return `Wave ${wave} of ${waves}: waiting for ${namesOf(open)} to prove the new value`;
}

function endReason(bots: readonly RotationBotFacts[]): string {
  const count = (state: RotationBotState) => bots.filter((bot) => bot.state === state).length;
  if (bots.length === 0) return 'No bot uses it';
  const parts = [
    `${count('proven')} of ${bots.length} bots proved the new value`,
    ...(count('resting') > 0 ? [`${count('resting')} get it when they start`] : []),
    ...(count('stuck') > 0 ? [`${count('stuck')} were set aside`] : []),
  ];
  return parts.join(', ');
}

/** Up to three by name. */
function namesOf(bots: readonly RotationBotFacts[]): string {
  const names = bots.slice(0, 3).map(({ name }) => name);
  const more = bots.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(names.length === 2 ? ' and ' : ', ');
}
