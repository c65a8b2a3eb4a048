import { randomUUID } from 'node:crypto';
import type { Directory, DirectoryGroup } from '@clawster/contract/directory';
import { ago } from './fleet.ts';
import { Refused } from './refused.ts';
import type { Handler } from './world.ts';

export const scimBaseUrl = 'http://127.0.0.1:4500/scim/v2';
export const directoryToken = `clawscim_${'x'.repeat(49)}`;

export const someDirectory = (changes: Partial<Directory> = {}): Directory => ({
  id: randomUUID(),
  name: 'Okta',
  setByRole: 'owner',
  createdAt: ago(90_000),
  prefix: 'clawscim_Zk3vP0a',
  tokenMadeAt: ago(90_000),
  lastUsedAt: ago(40),
  people: { letIn: 41, shut: 3, inNoGroup: 1 },
  ...changes,
});

export const someGroups = (): DirectoryGroup[] => [
  {
    id: randomUUID(),
    name: 'Board',
    members: 2,
    whyNoRole: 'It is mapped to owner, which may do more than who set this up, or is no role any more',
  },
  { id: randomUUID(), name: 'everyone', members: 38, role: 'viewer' },
  { id: randomUUID(), name: 'platform', externalId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159', members: 4, role: 'admin' },
  { id: randomUUID(), name: 'Sailing club', members: 12 },
];

export const directoryHandlers: Record<string, Handler> = {
  'directory.show': ({ directory }) => ({ baseUrl: scimBaseUrl, ...(directory ? { directory } : {}) }),
  'directory.connect': (world, { name }: { name: string }) => {
    if (!world.identityProvider) throw new Refused('refused', 'Set up single sign-on first');
    const { lastUsedAt: _never, ...fresh } = someDirectory({ name, people: { letIn: 0, shut: 0, inNoGroup: 0 } });
    world.directory = fresh;
    world.directoryGroups = [];
    return { directory: fresh, value: directoryToken };
  },
  'directory.rotate': (world, { overlapHours }: { overlapHours: number }) => {
    const directory = { ...someDirectory(), oldTokenGoodUntil: ago(-3_600 * overlapHours) };
    world.directory = directory;
    return { directory, value: directoryToken };
  },
  'directory.remove': (world) => {
    delete world.directory;
    return {};
  },
  'directory.groups': ({ directoryGroups = [] }) => ({ items: directoryGroups, total: directoryGroups.length }),
};
