import { api } from '@clawster/contract/api';
import type { Bot } from '@clawster/contract/bot';
import type { HaltMode } from '@clawster/contract/fleet';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { count } from '../../lib/time.ts';
import { useBotCounts } from '../bot/use-bot-counts.ts';

const ended = ['stopped', 'stopping', 'destroying'] as const;
const quiet = ['paused', 'pausing'] as const;

/** How many bots an emergency stop would touch, in words; undefined until it is known, which nobody has to wait for. */
export function useTouched(mode: HaltMode, chosen: readonly Bot[] | undefined): string | undefined {
  const ofAll = useTouchedOfAll(mode);
  if (!chosen) return ofAll;
  return count(chosen.filter(({ spec }) => isTouched(mode, spec.desired)).length, 'bot');
}

function isTouched(mode: HaltMode, desired: Bot['spec']['desired']): boolean {
  return desired === 'running' || (mode === 'stop' && desired === 'paused');
}

function useTouchedOfAll(mode: HaltMode): string | undefined {
  const total = useQuery(q(api.bots.list, { limit: 1 })).data?.total;
  const counts = useBotCounts([...ended, ...quiet, 'unknown']);
  if (total === undefined || !counts) return undefined;
  const untouched = mode === 'stop' ? ended : [...ended, ...quiet];
  const touched = total - untouched.reduce((sum, phase) => sum + counts[phase], 0);
  // What was not heard from may be meant to run, or not.
  return counts.unknown > 0 ? `Up to ${count(touched, 'bot')}` : count(touched, 'bot');
}
