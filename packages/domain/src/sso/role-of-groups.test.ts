import { type BuiltInRole, builtInRoles } from '@clawster/contract/permission-list';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roleMatrix } from '../role/role.ts';
import { roleOfGroups, rolesOfRule } from './role-of-groups.ts';

const sizeOf = (role: string) => roleMatrix[role as BuiltInRole].size;
const groupRoles = [
  { group: 'everyone', role: 'viewer' },
  { group: 'ops', role: 'operator' },
  { group: 'platform', role: 'admin' },
] as const;

test.each([
  ['one group gives its role', ['ops'], undefined, 'operator'],
  ['of several the highest counts, whatever their order', ['platform', 'everyone', 'ops'], undefined, 'admin'],
  ['groups nobody mapped are passed over', ['ops', 'choir'], undefined, 'operator'],
  ['in no mapped group the default counts', ['choir'], 'viewer', 'viewer'],
  ['a mapped group counts before the default', ['everyone'], 'operator', 'viewer'],
  ['in no mapped group and without a default nobody is let in', ['choir'], undefined, undefined],
  ['names are compared as they are', ['OPS'], undefined, undefined],
] as const)('%s', (_, groups, defaultRole, role) =>
  expect(roleOfGroups({ groupRoles, defaultRole }, groups, sizeOf)).toBe(role),
);

const anyRole = fc.constantFrom(...builtInRoles);
const anyRule = fc.record({
  groupRoles: fc.uniqueArray(fc.record({ group: fc.string({ maxLength: 3 }), role: anyRole }), {
    selector: ({ group }) => group,
  }),
  defaultRole: fc.option(anyRole, { nil: undefined }),
});

test('a role comes from the rule, and one more group never lowers it while a group is mapped', () =>
  fc.assert(
    fc.property(anyRule, fc.array(fc.string({ maxLength: 3 })), fc.string({ maxLength: 3 }), (rule, groups, more) => {
      const role = roleOfGroups(rule, groups, sizeOf);
      if (role) expect(rolesOfRule(rule)).toContain(role);
      const withMore = roleOfGroups(rule, [...groups, more], sizeOf);
      if (role && rule.groupRoles.some(({ group }) => groups.includes(group)))
        expect(sizeOf(withMore as string)).toBeGreaterThanOrEqual(sizeOf(role));
    }),
  ));
