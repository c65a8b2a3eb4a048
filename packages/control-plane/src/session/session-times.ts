import type { Role } from '@clawster/contract/permission';

const hour = 3_600_000;
const absoluteHours = 30 * 24;

/** After so long unused a session ends: half a day for those who can do everything, a week for the others. */
export function idleMs(role: Role): number {
  return (role === 'owner' || role === 'admin' ? 12 : 7 * 24) * hour;
}

/** When a session used just now ends: it slides with use, and never past 30 days. */
export function sessionExpiresAt(role: Role, createdAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + idleMs(role), createdAt.getTime() + absoluteHours * hour));
}
