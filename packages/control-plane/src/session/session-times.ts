import type { HeldRole } from '@clawster/domain/role/role';

const minute = 60_000;
const day = 24 * 60 * minute;

/** When its person signed in, and when the session ends that it followed, if it did. */
export type Beginning = { createdAt: Date; endsAt: Date | null };
type Held = Pick<HeldRole, 'permissions'>;

/** Half an hour unused or half a day in all for those who decide what others may do; a week, or a month, for the others. */
function limitsOf({ permissions }: Held): { idleMs: number; absoluteMs: number } {
  return permissions.has('person:manage') || permissions.has('api-key:manage')
    ? { idleMs: 30 * minute, absoluteMs: day / 2 }
    : { idleMs: 7 * day, absoluteMs: 30 * day };
}

/** When a session that began so, last used then, ends: it slides with use, and never past its end. */
export function sessionExpiresAt(held: Held, began: Beginning, lastUsedAt: Date): Date {
  return new Date(Math.min(lastUsedAt.getTime() + limitsOf(held).idleMs, sessionEndsAt(held, began).getTime()));
}

/** When a session ends however much it is used. */
export function sessionEndsAt(held: Held, { createdAt, endsAt }: Beginning): Date {
  return new Date(Math.min(createdAt.getTime() + limitsOf(held).absoluteMs, endsAt?.getTime() ?? Infinity));
}
