import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { listSpikes } from './list-spikes.ts';
import { type CostWorld, newCostWorld } from './testing/cost-world.ts';
import { watchSpikes } from './watch-spikes.ts';

let world: CostWorld;
let ada = '';
beforeAll(async () => {
  world = await newCostWorld();
});
beforeEach(async () => {
  await world.database.rows(`delete from span; delete from usage_hour; delete from usage_day; delete from cost_spike;
    update bot set phase = 'destroyed'`);
  ada = await world.newBot(world.ours, { name: 'Ada' });
});
afterAll(() => world.close());

const hourMs = 3_600_000;
const hoursAgo = (hours: number) => new Date(Date.now() - hours * hourMs).toISOString();
const daysAgo = (days: number) => hoursAgo(days * 24);
const pass = () => watchSpikes(world.plane, new AbortController().signal);
const spikes = async (who = world.ours) => (await listSpikes(world.plane, who, {})).items;
const usual = async (usd: number, days = 5) => {
  for (let day = 1; day <= days; day += 1) await world.call(world.ours, ada, { at: daysAgo(day), usd });
};

test('an hour far above what is usual at this time is told once, with its figures, and recorded', async () => {
  await usual(0.3);
  await world.call(world.ours, ada, { at: hoursAgo(0), usd: 4.2 });
  await Promise.all([pass(), pass()]);
  await pass();
  const why = 'It cost $4.20 within the hour, and usually costs $0.30 at this time of day, by the last 5 days.';
  expect(await spikes()).toMatchObject([{ botId: ada, botName: 'Ada', usd: 4.2, usualUsd: 0.3, why }]);
  expect(
    await world.database.rows(
      `select subject_name, detail->>'why' as why from event where subject_id = '${ada}' and type = 'cost-spiked'`,
    ),
  ).toEqual([{ subject_name: 'Ada', why }]);
  expect(await spikes(world.theirs)).toEqual([]);
});

test('after six hours it is told again', async () => {
  await usual(0.3);
  await world.call(world.ours, ada, { at: hoursAgo(0), usd: 4.2 });
  await pass();
  await world.database.rows(`update cost_spike set at = at - interval '6 hours 1 minute'`);
  await pass();
  expect(await spikes()).toHaveLength(2);
});

test('what came late is told of the hour before', async () => {
  for (let day = 1; day <= 5; day += 1) await world.call(world.ours, ada, { at: hoursAgo(day * 24 + 1), usd: 0.1 });
  await world.call(world.ours, ada, { at: hoursAgo(1), usd: 9 });
  await pass();
  expect(await spikes()).toMatchObject([{ usd: 9, usualUsd: 0.1 }]);
});

test('a bot that usually costs as much, a new one, and one that is idle are left alone', async () => {
  await usual(4);
  await world.call(world.ours, ada, { at: hoursAgo(0), usd: 4.2 });
  const bob = await world.newBot(world.ours, { name: 'Bob' });
  await world.call(world.ours, bob, { at: hoursAgo(0), usd: 400 });
  await pass();
  expect(await spikes()).toEqual([]);
});
