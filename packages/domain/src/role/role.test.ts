import { builtInRoles, permissions } from '@clawster/contract/permission-list';
import type { Permission } from '@clawster/contract/permission';
import { expect, test } from 'vitest';
import { builtInRole, isBuiltIn, isWithin, narrowed, roleMatrix, whyNotGrant } from './role.ts';

test.each([
  ['admin', 'owner'],
  ['developer', 'admin'],
  ['operator', 'developer'],
  ['viewer', 'operator'],
  ['auditor', 'admin'],
  ['viewer', 'auditor'],
  ['member', 'viewer'],
] as const)('a %s may nothing that an %s may not', (less, more) => {
  expect(isWithin(roleMatrix[less], roleMatrix[more])).toBe(true);
  expect(isWithin(roleMatrix[more], roleMatrix[less])).toBe(false);
});

test('the owner has every permission; auditors, viewers and members have none but reads, and keys of their own', () => {
  expect(roleMatrix.owner.size).toBe(permissions.length);
  for (const role of ['auditor', 'viewer', 'member'] as const)
    expect([...roleMatrix[role]].filter((permission) => !permission.endsWith(':read'))).toEqual(['api-key:own']);
});

test('a member sees no bot, and what happens to bots neither', () => {
  expect([...roleMatrix.member].filter((one) => /^(bot|backup|event|audit):/.test(one))).toEqual([]);
});

test('who may not manage API keys does not see which there are, but for those who audit', () => {
  const seeing = builtInRoles.filter((role) => roleMatrix[role].has('api-key:read'));
  expect(seeing).toEqual(['owner', 'admin', 'auditor']);
});

test('who reaches which bots is decided by labels, so nobody below an admin sets them', () => {
  expect(builtInRoles.filter((role) => roleMatrix[role].has('bot:label'))).toEqual(['owner', 'admin']);
});

test('scopes take away and never add', () => {
  expect([...narrowed(roleMatrix.viewer, ['bot:read', 'bot:destroy'])]).toEqual(['bot:read']);
});

test('a role is built in by its name alone, whatever it may be a property of', () => {
  expect(isBuiltIn('owner')).toBe(true);
  for (const name of ['constructor', 'toString', '__proto__', 'Owner']) expect(isBuiltIn(name)).toBe(false);
});

test.each([
  ['an admin cannot make an owner', 'admin', builtInRole('owner'), 'cannot hand out the role owner'],
  [
    'a scope outside the role is named',
    'owner',
    { ...builtInRole('viewer'), scopes: ['bot:destroy'] },
    'does not have bot:destroy',
  ],
  ['a role may be handed on', 'admin', builtInRole('admin'), undefined],
  [
    'a lesser role may be handed on, narrowed',
    'owner',
    { ...builtInRole('operator'), scopes: ['bot:chat'] },
    undefined,
  ],
  ['of a greater role what is narrow enough', 'admin', { ...builtInRole('owner'), scopes: ['bot:chat'] }, undefined],
] as const)('%s', (_, giver, grant, reason) => {
  const why = whyNotGrant(builtInRole(giver), grant);
  if (reason) expect(why).toContain(reason);
  else expect(why).toBeUndefined();
});

test('a narrowed giver cannot hand out more than their own narrow share', () => {
  const scopes: Permission[] = ['api-key:manage', 'bot:read'];
  const narrow = { role: 'owner', permissions: narrowed(roleMatrix.owner, scopes) };
  expect(whyNotGrant(narrow, builtInRole('viewer'))).toContain('you lack yourself');
  expect(whyNotGrant(narrow, { ...builtInRole('viewer'), scopes: ['bot:read'] })).toBeUndefined();
});
