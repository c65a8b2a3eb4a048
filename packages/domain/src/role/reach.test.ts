import { permissions } from '@clawster/contract/permission-list';
import type { Permission } from '@clawster/contract/permission';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Access, covers, isAccessWithin, isAmong, limitedTo, may, reachOf, sayBots } from './reach.ts';
import { builtInRole, roleMatrix } from './role.ts';

const support = { labels: { team: 'support' } };
const bot = { id: 'b1', labels: { team: 'support', env: 'live' } };
const other = { id: 'b2', labels: { team: 'sales' } };

test.each([
  ['the bot itself', { botId: 'b1' }, true],
  ['another bot', { botId: 'b2' }, false],
  ['a label it has', support, true],
  ['all of its labels', { labels: { team: 'support', env: 'live' } }, true],
  ['one it has and one it has not', { labels: { team: 'support', env: 'test' } }, false],
  ['a name that every object has', { labels: { constructor: 'support' } }, false],
] as const)('a bot is among %s', (_, bots, is) => expect(isAmong(bots, bot)).toBe(is));

describe('someone with a role for some bots', () => {
  const access: Access = { ...builtInRole('member'), grants: [{ ...builtInRole('operator'), bots: support }] };

  test('may do to those what the role says, and to no others', () => {
    expect(may(access, 'bot:operate', bot)).toBe(true);
    expect(may(access, 'bot:operate', other)).toBe(false);
    expect(may(access, 'bot:destroy', bot)).toBe(false);
  });

  test('may do nothing by it that concerns the whole workspace', () => {
    const owner: Access = { ...builtInRole('member'), grants: [{ ...builtInRole('owner'), bots: support }] };
    for (const permission of ['person:manage', 'api-key:manage', 'connector:manage', 'audit:read'] as const) {
      expect(reachOf(owner, permission)).toEqual([]);
      expect(may(owner, permission, bot)).toBe(false);
    }
  });
});

test('what a role has for all, no grant narrows', () => {
  const access: Access = { ...builtInRole('viewer'), grants: [{ ...builtInRole('operator'), bots: support }] };
  expect(reachOf(access, 'bot:read')).toBe('all');
  expect(may(access, 'bot:read', other)).toBe(true);
});

test('nobody may more than the sum of what they were given, whatever was given', () => {
  const subset = fc.subarray([...permissions]).map((some) => new Set<Permission>(some));
  const scope = fc.oneof(fc.constantFrom({ botId: 'b1' }, { botId: 'b2' }), fc.constant(support));
  const grants = fc.array(fc.record({ role: fc.constant('some'), permissions: subset, bots: scope }), { maxLength: 4 });
  fc.assert(
    fc.property(subset, grants, fc.constantFrom(...permissions), (held, given, permission) => {
      const access = { role: 'some', permissions: held, grants: given };
      const fits = given.some((grant) => grant.permissions.has(permission) && isAmong(grant.bots, bot));
      if (may(access, permission, bot)) expect(held.has(permission) || fits).toBe(true);
      if (held.has(permission)) expect(may(access, permission, bot)).toBe(true);
    }),
  );
});

test('some bots are said in words', () => {
  expect(sayBots({ labels: { team: 'support', env: 'live' } })).toBe('the bots with team=support, env=live');
});

test.each([
  [{ botId: 'a' }, { botId: 'a' }, true],
  [{ botId: 'a' }, { botId: 'b' }, false],
  [{ labels: { team: 'x' } }, { labels: { team: 'x' } }, true],
  [{ labels: { team: 'x' } }, { labels: { team: 'x', env: 'live' } }, true],
  [{ labels: { team: 'x', env: 'live' } }, { labels: { team: 'x' } }, false],
  [{ labels: { team: 'x' } }, { labels: { team: 'y' } }, false],
  // Its labels may be others tomorrow.
  [{ labels: { team: 'x' } }, { botId: 'a' }, false],
  [{ botId: 'a' }, { labels: { team: 'x' } }, false],
] as const)('%j covers %j: %j', (outer, inner, expected) => {
  expect(covers(outer, inner)).toBe(expected);
});

test('what is limited to a holder is within what the holder has, and is the same when it was', () => {
  const holder = { ...builtInRole('member'), grants: [{ ...builtInRole('viewer'), bots: support }] };
  const some = { role: 'operator', permissions: new Set<Permission>() };
  const wide = { ...some, grants: [{ ...builtInRole('operator'), bots: support }] };
  const limited = limitedTo(wide, holder);
  expect(isAccessWithin(wide, holder)).toBe(false);
  expect(isAccessWithin(limited, holder)).toBe(true);
  expect([...(limited.grants[0]?.permissions ?? [])].toSorted()).toEqual([...roleMatrix.viewer].toSorted());
  expect(limitedTo(limited, holder)).toEqual(limited);
  expect(limitedTo(builtInRole('owner'), holder).permissions).toEqual(roleMatrix.member);
});
