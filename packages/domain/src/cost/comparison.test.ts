import { expect, test } from 'vitest';
import { type ComparedTurn, compareTurns, median } from './comparison.ts';

/** Turns that differ a little among themselves, the same in each run. */
const turns = (count: number, more: Partial<ComparedTurn> = {}): ComparedTurn[] =>
  Array.from({ length: count }, (_, at) => {
    const wobble = 1 + ((at % 7) - 3) / 20;
    const { usd = 0.01, tokens = 1_000, durationMs = 2_000, failed = at % 10 === 0 } = more;
    return {
      usd: 'usd' in more && more.usd === undefined ? undefined : usd * wobble,
      tokens: tokens * wobble,
      durationMs: durationMs * wobble,
      failed,
    };
  });
const verdicts = (before: ComparedTurn[], after: ComparedTurn[]) =>
  Object.fromEntries(compareTurns(before, after).map(({ name, verdict }) => [name, verdict]));

test.each([
  ['the same turns', turns(100), turns(80), ['no-difference', 'no-difference', 'no-difference', 'no-difference']],
  [
    'half the tokens and the cost',
    turns(100),
    turns(80, { usd: 0.005, tokens: 500 }),
    ['less', 'less', 'no-difference', 'no-difference'],
  ],
  [
    'slower and failing',
    turns(100),
    turns(80, { durationMs: 4_000, failed: true }),
    ['no-difference', 'no-difference', 'more', 'more'],
  ],
  ['a few turns', turns(29), turns(500, { usd: 1 }), ['too-few', 'too-few', 'too-few', 'too-few']],
  ['no turn after', turns(100), [], ['too-few', 'too-few', 'too-few', 'too-few']],
  [
    'turns without a price',
    turns(100),
    turns(80, { usd: undefined }),
    ['too-few', 'no-difference', 'no-difference', 'no-difference'],
  ],
])('%s', (_, before, after, [cost, tokens, failures, duration]) =>
  expect(verdicts(before, after)).toEqual({ cost, tokens, failures, duration }),
);

test('it is told in words, with the figures and the size of the samples', () => {
  const [cost] = compareTurns(turns(70), turns(70, { usd: 0.0025 }));
  expect(cost).toMatchObject({ before: { count: 70 }, after: { count: 70 } });
  expect(cost?.text).toBe(
    'Cost per turn: $0.0100 before, $0.00250 after. It is less, and chance alone would seldom do that.',
  );
  expect(compareTurns(turns(3), [])[0]?.text).toBe(
    'Too few turns to tell: 3 before and 0 after, and 30 are needed on each side.',
  );
});

test.each([
  [[], 0],
  [[5], 5],
  [[9, 1, 5], 5],
  [[4, 1, 9, 2], 3],
])('the middle of %o is %d', (values, middle) => expect(median(values)).toBe(middle));
