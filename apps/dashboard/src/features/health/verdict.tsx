import type { HealthVerdict, SignalState } from '@clawster/contract/health';
import { type Look, StateWord } from '../../ui/state-word.tsx';

/** How a verdict is said and shown; never green for what nobody has seen lately. */
export const verdictLooks: Record<HealthVerdict, Look> = {
  bad: { word: 'Not well', tone: 'bad', shape: 'cross' },
  unknown: { word: 'Unknown', tone: 'off', shape: 'question' },
  settling: { word: 'Settling', tone: 'warn', shape: 'ring' },
  good: { word: 'Well', tone: 'ok', shape: 'disc' },
  muted: { word: 'Still on purpose', tone: 'off', shape: 'bars' },
};
/** The worst first. */
export const verdicts = ['bad', 'unknown', 'settling', 'good', 'muted'] as const satisfies HealthVerdict[];

const signalLooks: Record<SignalState, Look> = {
  good: { word: 'Good', tone: 'ok', shape: 'disc' },
  bad: { word: 'Bad', tone: 'bad', shape: 'cross' },
  unknown: { word: 'Unknown', tone: 'off', shape: 'question' },
};

/** How a bot is, all in all. */
export function Verdict({ verdict, pill = false }: { verdict: HealthVerdict; pill?: boolean }) {
  return <StateWord look={verdictLooks[verdict]} pill={pill} />;
}

/** How one signal is. */
export function SignalWord({ state }: { state: SignalState }) {
  return <StateWord look={signalLooks[state]} />;
}
