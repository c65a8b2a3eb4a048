import { permissions, roles } from '@clawster/contract/permission';
import { expect, test } from 'vitest';
import { isAbove, permissionsOf, roleMatrix, whyNotGrant } from './role.ts';

const as = (role: (typeof roles)[number]) => ({ role, permissions: permissionsOf(role) });

test('each role has all that the roles below it have', () => {
  for (const [index, role] of roles.entries()) {
    for (const below of roles.slice(index + 1))
      expect([...roleMatrix[below]].every((permission) => roleMatrix[role].has(permission))).toBe(true);
  }
});

test('the owner has every permission, and a viewer none but reads', () => {
  expect(roleMatrix.owner.size).toBe(permissions.length);
  expect([...roleMatrix.viewer].every((permission) => permission.endsWith(':read'))).toBe(true);
});

test('who may not manage API keys does not see which there are', () => {
  expect(roleMatrix.operator.has('api-key:read')).toBe(false);
  expect(roleMatrix.viewer.has('api-key:read')).toBe(false);
});

test('an owner stands above an admin, and nobody above themselves', () => {
  expect(isAbove('owner', 'admin')).toBe(true);
  expect(isAbove('admin', 'admin')).toBe(false);
});

test('scopes take away and never add', () => {
  expect([...permissionsOf('viewer', ['bot:read', 'bot:destroy'])]).toEqual(['bot:read']);
});

test.each([
  ['an admin cannot make an owner', 'admin', { role: 'owner' }, 'cannot hand out the role owner'],
  [
    'a scope outside the role is named',
    'owner',
    { role: 'viewer', scopes: ['bot:destroy'] },
    'does not have bot:destroy',
  ],
  ['a role may be handed on', 'admin', { role: 'admin' }, undefined],
  ['a lesser role may be handed on, narrowed', 'owner', { role: 'operator', scopes: ['bot:chat'] }, undefined],
] as const)('%s', (_, giver, grant, reason) => {
  const why = whyNotGrant(as(giver), grant);
  if (reason) expect(why).toContain(reason);
  else expect(why).toBeUndefined();
});

test('a narrowed giver cannot hand out more than their own narrow share', () => {
  const narrow = { role: 'owner', permissions: permissionsOf('owner', ['api-key:manage', 'bot:read']) } as const;
  expect(whyNotGrant(narrow, { role: 'viewer' })).toContain('lack yourself');
  expect(whyNotGrant(narrow, { role: 'viewer', scopes: ['bot:read'] })).toBeUndefined();
});
