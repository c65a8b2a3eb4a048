import type { Revision } from '@clawster/contract/revision';
import { expect, test } from 'vitest';
import { badOf } from './revision-outcome.ts';

const revision = (number: number, verdict: Revision['verdict'], current = false): Revision => ({
  number,
  at: '2026-01-01T00:00:00Z',
  author: { kind: 'system', job: 'reconcile-bots' },
  cause: { kind: 'bot' },
  reason: '',
  current,
  ...(verdict ? { verdict } : {}),
});

test.each<[string, Revision[], [number, number | undefined] | undefined]>([
  ['one that runs well is not bad', [revision(3, 'good', true), revision(2, 'bad')], undefined],
  ['one of which nothing is known yet is not bad', [revision(3, undefined, true), revision(2, 'bad')], undefined],
  [
    'a bad one has the newest good one before it',
    [revision(4, 'bad', true), revision(3, 'bad'), revision(2, 'good'), revision(1, 'good')],
    [4, 2],
  ],
  ['a bad one may have none before it that ran well', [revision(1, 'bad', true)], [1, undefined]],
])('%s', (_, revisions, expected) => {
  const found = badOf(revisions);
  expect(found && [found.bad.number, found.good?.number]).toEqual(expected);
});
