import type { EventType } from '@clawster/contract/event';
import type { SignedIn } from '../caller.ts';
import type { CommittedEvent } from '../event/event.queries.ts';

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
  // From then on a second factor may be missing.
  'person-totp-removed',
  'person-passkey-removed',
  'role-binding-deleted',
]);

/** Facts after which many may do less: whoever has the role, whoever's bots are chosen by labels, whoever has no second factor. */
const ofMany: readonly EventType[] = ['role-updated', 'bot-labels-changed', 'workspace-second-factor-changed'];

/** After any of these someone may do less than before it. */
export const narrowings: ReadonlySet<EventType> = new Set([...ofOne, ...ofMany]);

/** After any of these a caller is another than before it: may do less or more, is called otherwise, has what was missing. */
export const outdatings: ReadonlySet<EventType> = new Set<EventType>([
  ...narrowings,
  'role-binding-created',
  'person-updated',
  'person-password-changed',
  'person-totp-added',
  'person-passkey-added',
]);

/** Whether it is this caller who may do less. */
export function narrows({ type, subjectId, workspaceId }: CommittedEvent, caller: SignedIn): boolean {
  if (type === 'role-updated' || type === 'workspace-second-factor-changed') return workspaceId === caller.workspaceId;
  if (type === 'bot-labels-changed') return workspaceId === caller.workspaceId && (caller.grants ?? []).length > 0;
  const { onBehalfOf: holder } = caller;
  // A key may do no more than whose it is.
  const holderId = holder && 'id' in holder ? holder.id : undefined;
  return ofOne.has(type) && subjectId !== null && [caller.id, caller.sessionId, holderId].includes(subjectId);
}
