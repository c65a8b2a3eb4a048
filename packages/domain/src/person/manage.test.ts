import { roles } from '@clawster/contract/permission';
import { expect, test } from 'vitest';
import { permissionsOf, whyNotGrant } from '../role/role.ts';
import { whyNotManage } from './manage.ts';

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
