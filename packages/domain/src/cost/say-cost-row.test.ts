import { expect, test } from 'vitest';
import { sayChange, sayCostRow } from './say-cost-row.ts';

const id = '0f3c1d52-1111-4222-8333-444455556666';
test.each([
  [{ kind: 'group', key: id, name: 'Ada' }, 'Ada'],
  [{ kind: 'group', key: id }, 'Gone (0f3c1d52)'],
  [{ kind: 'group', key: 'telegram' }, 'telegram'],
  [{ kind: 'none', key: '' }, 'Without one'],
  [{ kind: 'idle', key: '' }, 'Targets without bots'],
  [{ kind: 'rest', key: '12' }, '12 more'],
  [{ kind: 'rest', key: '' }, 'All others'],
] as const)('%o is %s', (row, words) => expect(sayCostRow(row, 'bot')).toBe(words));

test.each([
  [{ kind: 'group', key: id, name: 'Care' }, 'Care'],
  [{ kind: 'group', key: id }, 'A team you do not see (0f3c1d52)'],
  [{ kind: 'none', key: '' }, 'In no team'],
  [{ kind: 'idle', key: '' }, 'Targets without bots'],
] as const)('by team, %o is %s', (row, words) => expect(sayCostRow(row, 'team')).toBe(words));

test.each([
  [2, 1, '+100%'],
  [0.5, 1, '−50%'],
  [0, 1, '−100%'],
  [1, 1.001, 'as before'],
  [0, 0, 'as before'],
  [5, 0, 'new'],
])('%d after %d is %s', (now, before, words) => expect(sayChange(now, before)).toBe(words));
