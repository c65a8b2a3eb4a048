import { roles } from '@clawster/contract/permission';
import { expect, test } from 'vitest';
import { permissionsOf, whyNotGrant } from '../role/role.ts';
import { whyNotEndOwner, whyNotManage } from './manage.ts';

test('of all pairs of roles, nobody decides over, or hands out, what stands above them', () => {
  let tried = 0;
  let letIn = 0;
  for (const [rank, role] of roles.entries()) {
    for (const other of roles.slice(0, rank)) {
      tried += 2;
      if (!whyNotManage({ role }, { role: other })) letIn += 1;
      if (!whyNotGrant({ role, permissions: permissionsOf(role) }, { role: other })) letIn += 1;
    }
    for (const other of roles.slice(rank)) expect(whyNotManage({ role }, { role: other })).toBeUndefined();
  }
  expect({ tried, letIn }).toEqual({ tried: 12, letIn: 0 });
});

test.each([
  ['the last owner stays', 'owner', false, 1, false],
  ['one of two owners may go', 'owner', false, 2, true],
  ['a disabled owner may go: the one in force is another', 'owner', true, 1, true],
  ['an admin may go', 'admin', false, 1, true],
] as const)('%s', (_, role, isDisabled, owners, may) =>
  expect(whyNotEndOwner({ role, isDisabled }, owners) === undefined).toBe(may),
);
