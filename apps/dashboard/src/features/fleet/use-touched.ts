import type { BotCounts, ListedBot } from '@clawster/contract/bot';
import type { HaltMode } from '@clawster/contract/fleet';
import { count } from '../../lib/time.ts';
import { useBotCounts } from '../bot/use-bot-counts.ts';

const ended = ['stopped', 'stopping', 'destroying'] as const;
const quiet = ['paused', 'pausing'] as const;

/** How many bots an emergency stop would touch, in words; undefined until it is known, which nobody has to wait for. */
export function useTouched(mode: HaltMode, chosen: readonly ListedBot[] | undefined): string | undefined {
  const { counts } = useBotCounts();
  if (!chosen) return counts && touchedOfAll(mode, counts);
  return count(chosen.filter(({ spec }) => isTouched(mode, spec.desired)).length, 'bot');
}

function isTouched(mode: HaltMode, desired: ListedBot['spec']['desired']): boolean {
  return desired === 'running' || (mode === 'stop' && desired === 'paused');
}

function touchedOfAll(mode: HaltMode, { total, phases }: BotCounts): string {
  const untouched = mode === 'stop' ? ended : [...ended, ...quiet];
  const touched = total - untouched.reduce((sum, phase) => sum + phases[phase], 0);
  // What was not heard from may be meant to run, or not.
  return phases.unknown > 0 ? `Up to ${count(touched, 'bot')}` : count(touched, 'bot');
}
