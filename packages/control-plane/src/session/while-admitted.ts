import type { Caller } from '../caller.ts';
import { eventHubOf } from '../event/event-hub.ts';
import type { ControlPlane } from '../plane.ts';
import { narrowings, narrows } from './narrowings.ts';

/** The signal of a stream, aborted as well when its caller may do less than when it began: within a second, on every replica. */
export function whileAdmitted(
  plane: Pick<ControlPlane, 'db' | 'log'>,
  caller: Caller,
  signal: AbortSignal,
): AbortSignal {
  if (caller.kind === 'anonymous') return signal;
  const narrowed = new AbortController();
  const leave = eventHubOf(plane).committed.add(narrowings, (event) => {
    if (narrows(event, caller)) narrowed.abort();
  });
  signal.addEventListener('abort', leave, { once: true });
  const { missingFactor } = caller;
  if (missingFactor) {
    const over = setTimeout(() => narrowed.abort(), Math.max(0, missingFactor.leftMs)).unref();
    signal.addEventListener('abort', () => clearTimeout(over), { once: true });
  }
  return AbortSignal.any([signal, narrowed.signal]);
}
