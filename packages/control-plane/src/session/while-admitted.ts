import type { EventType } from '@clawster/contract/event';
import type { Caller } from '../caller.ts';
import { eventHubOf } from '../event/event-hub.ts';
import type { ControlPlane } from '../plane.ts';

/** Facts that end what a session or a key has opened; their subject is the session or the key. */
const revocations: ReadonlySet<EventType> = new Set(['session-closed', 'api-key-revoked']);

/** The signal of a stream, aborted as well when its caller is let in no longer: within a second, on every replica. */
export function whileAdmitted(
  plane: Pick<ControlPlane, 'db' | 'log'>,
  caller: Caller,
  signal: AbortSignal,
): AbortSignal {
  if (caller.kind === 'anonymous') return signal;
  const credential = caller.kind === 'person' ? caller.sessionId : caller.id;
  const revoked = new AbortController();
  const leave = eventHubOf(plane).onEvent(({ type, subjectId }) => {
    if (subjectId === credential && revocations.has(type)) revoked.abort();
  });
  signal.addEventListener('abort', leave, { once: true });
  return AbortSignal.any([signal, revoked.signal]);
}
