import { expect, test } from 'vitest';
import { type Membership, secondFactorDueAt } from './due.ts';

const day = (of: number) => new Date(Date.UTC(2026, 0, of));
const membership: Membership = {
  role: 'owner',
  memberSince: day(1),
  roleSince: day(2),
  requiredOf: 'owners',
  requiredSince: day(3),
};

test.each<[string, Partial<Membership>, Date | undefined]>([
  ['an owner has a day from when it was required', {}, day(4)],
  ['a new owner has a day from when they became one', { roleSince: day(5) }, day(6)],
  ['another role needs none', { role: 'admin' }, undefined],
  ['everyone has a day from when it was required', { requiredOf: 'everyone', role: 'viewer' }, day(4)],
  ['a newcomer has a day from when they came', { requiredOf: 'everyone', role: 'viewer', memberSince: day(7) }, day(8)],
  ['another role does not give everyone another day', { requiredOf: 'everyone', roleSince: day(9) }, day(4)],
  ['nobody needs one where it is so set', { requiredOf: 'nobody' }, undefined],
])('%s', (_, change, due) => expect(secondFactorDueAt({ ...membership, ...change })).toEqual(due));
