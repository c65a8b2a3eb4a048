import type { Caller, SignedIn } from '../caller.ts';
import { eventHubOf } from '../event/event-hub.ts';
import type { ControlPlane } from '../plane.ts';
import { narrowings, narrows } from './narrowings.ts';

/** The signal of a stream, aborted as well when its caller may do less than when it began: within a second, on every replica. Also when their session or key is over: whoever goes on using it begins anew. */
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
  const over = setTimeout(() => narrowed.abort(), leftMs(caller)).unref();
  signal.addEventListener('abort', () => clearTimeout(over), { once: true });
  return AbortSignal.any([signal, narrowed.signal]);
}

/** More a timer does not take; a stream that was ended by then begins anew. */
const timerMsMax = 2 ** 31 - 1;

/** How long a caller may have something open: until the session or key is over, or a second factor is due that they do not have. */
function leftMs({ goodForMs = timerMsMax, missingFactor }: SignedIn): number {
  return Math.min(timerMsMax, Math.max(0, Math.min(goodForMs, missingFactor?.leftMs ?? timerMsMax)));
}
