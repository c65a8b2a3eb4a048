import type { HeldRole } from '@clawster/domain/role/role';

const minute = 60_000;
const day = 24 * 60 * minute;

type Held = Pick<HeldRole, 'permissions'>;

/** Half an hour unused or half a day in all for those who decide what others may do; a week, or a month, for the others. */
function limitsOf({ permissions }: Held): { idleMs: number; absoluteMs: number } {
  return permissions.has('person:manage') || permissions.has('api-key:manage')
    ? { idleMs: 30 * minute, absoluteMs: day / 2 }
    : { idleMs: 7 * day, absoluteMs: 30 * day };
}

/** When a session of that age, last used then, ends: it slides with use, and never past its end. */
export function sessionExpiresAt(held: Held, createdAt: Date, lastUsedAt: Date): Date {
  return new Date(Math.min(lastUsedAt.getTime() + limitsOf(held).idleMs, sessionEndsAt(held, createdAt).getTime()));
}

/** When a session ends however much it is used. */
export function sessionEndsAt(held: Held, createdAt: Date): Date {
  return new Date(createdAt.getTime() + limitsOf(held).absoluteMs);
}
