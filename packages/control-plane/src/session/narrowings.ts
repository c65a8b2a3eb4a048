import type { EventRecord, EventType } from '@clawster/contract/event';
import type { SignedIn } from '../caller.ts';

/** Facts after which someone may do less than before. Their subject is the session, the key, the person or the service account. */
const ofOne: ReadonlySet<EventType> = new Set([
  'session-closed',
  'api-key-revoked',
  // The old one ends sooner than what it has open was told.
  'api-key-rotated',
  'service-account-updated',
  'service-account-disabled',
  'service-account-deleted',
  'person-role-changed',
  'role-binding-deleted',
]);

/** Whether someone may do less after this event than before it. */
export function narrowsAnyone({ type }: Pick<EventRecord, 'type'>): boolean {
  return ofOne.has(type) || type === 'role-updated' || type === 'bot-labels-changed';
}

/** Whether it is this caller who may do less. A role's change is one for whoever has it, and they are many. */
export function narrows({ type, subjectId }: Pick<EventRecord, 'type' | 'subjectId'>, caller: SignedIn): boolean {
  if (type === 'role-updated') return true;
  if (type === 'bot-labels-changed') return (caller.grants ?? []).length > 0;
  const { onBehalfOf: holder } = caller;
  // A key may do no more than whose it is.
  const holderId = holder && 'id' in holder ? holder.id : undefined;
  return ofOne.has(type) && subjectId !== undefined && [caller.id, caller.sessionId, holderId].includes(subjectId);
}
