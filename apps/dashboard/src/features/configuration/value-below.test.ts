import { mergeLayers } from '@clawster/domain/config/merge';
import { expect, test } from 'vitest';
import { sayContribution } from './say-layer.ts';
import { valueBelow } from './value-below.ts';

const profile = { kind: 'profile' as const, id: 'p', name: 'House' };
const own = { kind: 'own' as const, name: 'Ada' };
const { explained } = mergeLayers([
  { ref: { kind: 'defaults', name: 'defaults' }, settings: { tools: ['read', 'ls'], role: 'Default', style: 'Short' } },
  { ref: profile, settings: { tools: { $add: ['edit'], $remove: ['ls'] }, role: 'House' }, locked: ['style'] },
  { ref: own, settings: { tools: { $remove: ['read'] }, role: null, style: 'Long', emoji: '🦞' } },
]);

test('is what the layers below come to without the bot itself', () => {
  expect(valueBelow(explained, 'tools')).toMatchObject({ value: ['read', 'edit'], from: profile });
  expect(valueBelow(explained, 'role')).toMatchObject({ value: 'House', from: profile });
  expect(valueBelow(explained, 'emoji')).toEqual({ value: undefined, from: undefined, lockedBy: undefined });
  expect(valueBelow(explained, 'style').lockedBy).toEqual(profile);
});

test('what each layer said, and what came of it, is told in words', () => {
  const told = (path: string) => {
    const one = explained.find((other) => other.path === path);
    return one?.contributions.map((contribution) => Object.values(sayContribution(one, contribution)).join(': '));
  };
  expect(told('tools')).toEqual([
    'says ["read","ls"]: a part of it',
    'adds edit; takes out ls: a part of it',
    'takes out read: decides',
  ]);
  expect(told('role')).toEqual([
    'says Default: overruled by the bot itself',
    'says House: overruled by the bot itself',
    'takes it away: decides',
  ]);
  expect(told('style')).toEqual(['says Short: decides', 'says Long: in vain: the profile House has locked it']);
});
