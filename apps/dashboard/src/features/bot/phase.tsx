import type { BotPhase } from '@clawster/contract/bot';
import { type Look, StateWord } from '../../ui/state-word.tsx';

/** How a phase is said and shown: a word, a shape and a colour, so that none stands alone. Never green for what was not heard from. */
export const phaseLooks: Record<BotPhase, Look> = {
  ready: { word: 'Ready', tone: 'ok', shape: 'disc' },
  degraded: { word: 'Degraded', tone: 'warn', shape: 'triangle' },
  failed: { word: 'Failed', tone: 'bad', shape: 'cross' },
  unknown: { word: 'Unknown', tone: 'off', shape: 'question' },
  pending: { word: 'Pending', tone: 'warn', shape: 'ring', moving: true },
  installing: { word: 'Installing', tone: 'warn', shape: 'ring', moving: true },
  starting: { word: 'Starting', tone: 'warn', shape: 'ring', moving: true },
  pausing: { word: 'Pausing', tone: 'off', shape: 'ring', moving: true },
  paused: { word: 'Paused', tone: 'off', shape: 'bars' },
  stopping: { word: 'Stopping', tone: 'off', shape: 'ring', moving: true },
  stopped: { word: 'Stopped', tone: 'off', shape: 'square' },
  destroying: { word: 'Destroying', tone: 'off', shape: 'ring', moving: true },
  destroyed: { word: 'Destroyed', tone: 'off', shape: 'gone' },
};

export function Phase({ phase, pill = false }: { phase: BotPhase; pill?: boolean }) {
  return <StateWord look={phaseLooks[phase]} phase={phase} pill={pill} />;
}
