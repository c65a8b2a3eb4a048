import type { EventType } from '@clawster/contract/event';
import { eventNoun } from '@clawster/contract/event-noun';
import type { ControlPlane } from './plane.ts';
import { forgetCallers } from './session/caller-cache.ts';
import { outdatings } from './session/narrowings.ts';

/** What events of these types have for a consequence in this process, at once: whoever may do less or more is asked for anew, and who waits is woken. */
export function afterCommit(plane: Pick<ControlPlane, 'db' | 'wake'>, types: ReadonlySet<EventType>): void {
  if ([...types].some((type) => outdatings.has(type))) forgetCallers(plane);
  plane.wake([...new Set([...types].map(eventNoun))]);
}
