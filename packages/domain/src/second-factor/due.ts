import type { Role } from '@clawster/contract/permission';
import type { RequiredOf } from '@clawster/contract/workspace';

const graceMs = 24 * 60 * 60_000;

export type Membership = {
  role: Role;
  /** Since when they have it. */
  roleSince: Date;
  memberSince: Date;
  requiredOf: RequiredOf;
  /** Since when that is the setting. */
  requiredSince: Date;
};

/** When a member must have a second factor, a day after it began to be required of them; undefined when it is not. */
export function secondFactorDueAt(membership: Membership): Date | undefined {
  const { role, roleSince, memberSince, requiredOf, requiredSince } = membership;
  if (requiredOf === 'nobody' || (requiredOf === 'owners' && role !== 'owner')) return undefined;
  const since = requiredOf === 'owners' ? roleSince : memberSince;
  return new Date(Math.max(since.getTime(), requiredSince.getTime()) + graceMs);
}
