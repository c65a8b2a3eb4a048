import type { Identity } from '@clawster/contract/person';
import { roleMatrix } from '@clawster/domain/role/role';
import { expect, test } from 'vitest';
import { keyAccess } from './login.ts';

const identity = (role: 'operator' | 'member', grants: Identity['grants'] = []): Identity => ({
  caller: {
    kind: 'person',
    person: {
      id: '3f6f3f0e-6f43-4d53-9c38-444444444444',
      name: 'Grace',
      email: 'grace@example.com',
      role,
      createdAt: '2026-01-01T00:00:00Z',
    },
  },
  role,
  permissions: [...roleMatrix[role]],
  grants,
  workspace: { id: '3f6f3f0e-6f43-4d53-9c38-555555555555', name: 'Home', createdAt: '2026-01-01T00:00:00Z' },
});
const grant = (role: string, team: string): Identity['grants'][number] => ({
  role,
  permissions: ['bot:read'],
  bots: { labels: { team } },
});

test.each<[string, Identity, Parameters<typeof keyAccess>[1], ReturnType<typeof keyAccess>]>([
  ['is what they are', identity('operator'), {}, { access: { role: 'operator' } }],
  [
    'sees the bots they have a role for, when they have none else',
    identity('member', [grant('operator', 'support')]),
    {},
    { access: { role: 'operator', bots: { labels: { team: 'support' } } } },
  ],
  [
    'is what they are, when that is for all bots',
    identity('operator', [grant('developer', 'support')]),
    {},
    { access: { role: 'operator' } },
  ],
  [
    'is for the first of several, and the others are told',
    identity('member', [grant('operator', 'support'), grant('viewer', 'sales')]),
    {},
    {
      access: { role: 'operator', bots: { labels: { team: 'support' } } },
      note: expect.stringContaining('You are also viewer for the bots with team=sales') as string,
    },
  ],
  [
    'is for those that are named',
    identity('member', [grant('operator', 'support'), grant('viewer', 'sales')]),
    { role: 'viewer', labels: 'team=sales' },
    { access: { role: 'viewer', bots: { labels: { team: 'sales' } } } },
  ],
  [
    'is less than they are, when that is asked',
    identity('operator'),
    { role: 'viewer' },
    { access: { role: 'viewer' } },
  ],
])('the key of who signs in %s', (_, who, input, expected) => {
  expect(keyAccess(who, input)).toEqual(expected);
});
