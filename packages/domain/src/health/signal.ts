import type { Signal, SignalKind, SignalState } from '@clawster/contract/health';

/** What a signal says, before it is asked how old it is. */
export type Said = {
  state: SignalState;
  text: string;
  at?: Date | undefined;
  /** In words that are the same for all bots that have it; of a bad one. */
  cause?: string;
  fix?: string;
};

type Named = { kind: SignalKind; label: string; deadlineSeconds: number };

/** A signal as it may be told now: what was seen longer ago than its deadline is unknown, whatever it was. */
export function signalOf({ kind, label, deadlineSeconds }: Named, said: Said, now: Date): Signal {
  const { state, text, at, cause, fix } = said;
  const named = { kind, label, deadlineSeconds, ...(at ? { at: at.toISOString() } : {}) };
  if (state === 'unknown' || isOld(at, deadlineSeconds, now)) return { ...named, state: 'unknown', text };
  if (state === 'good') return { ...named, state, text };
  return { ...named, state, text, cause: cause ?? text, ...(fix ? { fix } : {}) };
}

function isOld(at: Date | undefined, deadlineSeconds: number, now: Date): boolean {
  return at === undefined || now.getTime() - at.getTime() > deadlineSeconds * 1000;
}
