import { builtInRoles } from '@clawster/contract/permission-list';
import { expect, test } from 'vitest';
import { builtInRole, isWithin, roleMatrix, whyNotGrant } from '../role/role.ts';
import { whyNotEndOwner, whyNotManage } from './manage.ts';

test('of all pairs of roles, nobody decides over, or hands out, what may do more', () => {
  let tried = 0;
  let letIn = 0;
  for (const role of builtInRoles.map(builtInRole)) {
    for (const other of builtInRoles.map(builtInRole)) {
      if (isWithin(other.permissions, role.permissions)) {
        expect(whyNotManage(role, other)).toBeUndefined();
        continue;
      }
      tried += 2;
      if (!whyNotManage(role, other)) letIn += 1;
      if (!whyNotGrant(role, other)) letIn += 1;
    }
  }
  // 21 pairs, and that neither a developer nor an operator has what an auditor has.
  expect({ tried, letIn }).toEqual({ tried: 46, letIn: 0 });
});

test('an admin may not what makes an owner', () => {
  expect(isWithin(roleMatrix.owner, roleMatrix.admin)).toBe(false);
});

test.each([
  ['the last owner stays', 'owner', false, 1, false],
  ['one of two owners may go', 'owner', false, 2, true],
  ['a disabled owner may go: the one in force is another', 'owner', true, 1, true],
  ['an admin may go', 'admin', false, 1, true],
] as const)('%s', (_, role, isDisabled, owners, may) =>
  expect(whyNotEndOwner({ role, isDisabled }, owners) === undefined).toBe(may),
);
