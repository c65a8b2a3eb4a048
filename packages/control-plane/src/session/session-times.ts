import type { Role } from '@clawster/contract/permission';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Half an hour unused or half a day in all for those who can do everything; a week, or a month, for the others. */
function limitsOf(role: Role): { idleMs: number; absoluteMs: number } {
  return role === 'owner' || role === 'admin'
    ? { idleMs: 30 * minute, absoluteMs: day / 2 }
    : { idleMs: 7 * day, absoluteMs: 30 * day };
}

/** When a session of that age, last used then, ends: it slides with use, and never past its end. */
export function sessionExpiresAt(role: Role, createdAt: Date, lastUsedAt: Date): Date {
  return new Date(Math.min(lastUsedAt.getTime() + limitsOf(role).idleMs, sessionEndsAt(role, createdAt).getTime()));
}

/** When a session ends however much it is used. */
export function sessionEndsAt(role: Role, createdAt: Date): Date {
  return new Date(createdAt.getTime() + limitsOf(role).absoluteMs);
}
