import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareCosts } from './compare-costs.ts';
import { type CostWorld, newCostWorld } from './testing/cost-world.ts';

let world: CostWorld;
let ada = '';
const at = '2026-11-10T12:00:00.000Z';
const minutes = (count: number) => new Date(Date.parse(at) + count * 60_000).toISOString();

beforeAll(async () => {
  world = await newCostWorld();
  ada = await world.newBot(world.ours, { name: 'Ada' });
  for (let turn = 1; turn <= 31; turn += 1) {
    const wobble = 1 + (turn % 5) / 50;
    await world.turn(world.ours, ada, { at: minutes(-turn), run: `before-${turn}` });
    await world.call(world.ours, ada, { at: minutes(-turn), run: `before-${turn}`, usd: 0.02 * wobble, tokens: 2_000 });
    await world.turn(world.ours, ada, { at: minutes(turn), run: `after-${turn}`, failed: turn === 1 });
    await world.call(world.ours, ada, { at: minutes(turn), run: `after-${turn}`, usd: 0.005 * wobble, tokens: 2_000 });
    await world.call(world.ours, ada, {
      at: minutes(turn + 0.1),
      run: `after-${turn}`,
      usd: 0.005 * wobble,
      tokens: 0,
    });
  }
  // A call without a price, and one of no turn.
  await world.turn(world.ours, ada, { at: minutes(40), run: 'unpriced' });
  await world.call(world.ours, ada, { at: minutes(40), run: 'unpriced' });
  await world.call(world.ours, ada, { at: minutes(41), usd: 50 });
  for (const [number, when] of [
    [1, minutes(-90)],
    [2, at],
    [3, minutes(60)],
  ] as const)
    await world.database
      .rows(`insert into revision (workspace_id, bot_id, number, at, author, cause, spec, layers, document, files)
      values ('${world.ours.workspaceId}', '${ada}', ${number}, '${when}', '{}', '{}', '{}', '[]', '{}', '{}')`);
});
afterAll(() => world.close());

const compare = (input: object, who = world.ours) => compareCosts(world.plane, who, { botId: ada, ...input });

test('turns before and after a revision are compared by all their calls, and what has no price is left out of the cost', async () => {
  const { at: when, measures, otherRevisions } = await compare({ revision: 2 });
  expect(when).toBe(at);
  expect(otherRevisions).toEqual([3]);
  expect(measures.map(({ name, verdict, before, after }) => [name, verdict, before.count, after.count])).toEqual([
    ['cost', 'less', 31, 31],
    ['tokens', 'no-difference', 31, 32],
    ['failures', 'no-difference', 31, 32],
    ['duration', 'no-difference', 31, 32],
  ]);
  expect(measures[0]?.text).toBe(
    'Cost per turn: $0.0208 before, $0.0104 after. It is less, and chance alone would seldom do that.',
  );
});

test('a moment does as well as a revision, and too few turns are told as that', async () => {
  const { measures } = await compare({ at: minutes(-20), days: 1 });
  expect(measures[0]).toMatchObject({ verdict: 'too-few', before: { count: 11 } });
});

test.each([
  [{ revision: 9 }, 'no revision 9'],
  [{}, 'Name a revision or a moment'],
  [{ revision: 2, at }, 'Name a revision or a moment'],
  [{ at: '2100-01-01T00:00:00Z' }, 'still to come'],
])('%o is refused: %s', (input, why) => expect(compare(input)).rejects.toThrow(why));

test('the bot of another workspace is not there', () =>
  expect(compare({ revision: 2 }, world.theirs)).rejects.toThrow('no such bot'));
