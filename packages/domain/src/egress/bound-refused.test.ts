import type { RefusedEgress } from '@clawster/target/egress';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundRefused } from './bound-refused.ts';

const refused = (some: Partial<RefusedEgress> = {}): RefusedEgress => ({
  botId: 'ada',
  place: 'evil.example:443',
  reason: 'not-allowed',
  count: 1,
  firstAt: '2026-01-01T00:00:00.000Z',
  lastAt: '2026-01-01T00:00:00.000Z',
  ...some,
});

test('a place is told once for each bot, with how often, since when and until when', () => {
  const later = { firstAt: '2026-01-01T00:10:00.000Z', lastAt: '2026-01-01T00:20:00.000Z' };
  const { fresh } = boundRefused([refused(later), refused({ count: 4 }), refused({ botId: 'eve' })], new Map());
  expect(fresh).toEqual([refused({ count: 5, lastAt: later.lastAt }), refused({ botId: 'eve' })]);
});

test('what is known in this hour is counted, and not told anew', () => {
  const known = new Map([['ada', ['evil.example:443']]]);
  const { fresh, again } = boundRefused([refused(), refused({ place: 'b.example:443' })], known);
  expect([fresh.map(({ place }) => place), again.map(({ place }) => place)]).toEqual([
    ['b.example:443'],
    ['evil.example:443'],
  ]);
});

test('what a bot asks for is shown as what it is, and no longer than a place may be', () => {
  const { fresh } = boundRefused(
    [refused({ place: `a\u0000\nb ${'x'.repeat(400)}` }), refused({ place: '' })],
    new Map(),
  );
  expect(fresh.map(({ place }) => [place.slice(0, 6), place.length])).toEqual([
    ['a??b?x', 260],
    ['?', 1],
  ]);
});

test('however much a bot tries, it comes to a bounded number of places, and nothing goes uncounted', () =>
  fc.assert(
    fc.property(
      fc.array(fc.string(), { maxLength: 300 }),
      fc.array(fc.string(), { maxLength: 60 }),
      (tried, before) => {
        const known = new Map([['ada', before]]);
        const { fresh, again } = boundRefused(
          tried.map((place) => refused({ place })),
          known,
        );
        expect(fresh.length).toBeLessThanOrEqual(51);
        expect([...fresh, ...again].reduce((sum, { count }) => sum + count, 0)).toBe(tried.length);
      },
    ),
  ));
