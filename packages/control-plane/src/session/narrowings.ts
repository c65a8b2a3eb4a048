import type { EventType } from '@clawster/contract/event';

/** Facts after which someone may do less than before. Their subject is the session, the key or the person. */
export const narrowings: ReadonlySet<EventType> = new Set(['session-closed', 'api-key-revoked', 'person-role-changed']);
