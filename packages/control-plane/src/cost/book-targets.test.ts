import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bookTargets } from './book-targets.ts';
import { importTargetCosts } from './import-target-costs.ts';
import { listTargetCosts } from './list-target-costs.ts';
import { setTargetPrice } from './set-target-price.ts';
import { type CostWorld, newCostWorld } from './testing/cost-world.ts';

let world: CostWorld;
let targetId = '';
let [ada, bob] = ['', ''];
beforeAll(async () => {
  world = await newCostWorld();
  targetId = await world.targetOf(world.ours, 'Rack 4');
  ada = await world.newBot(world.ours, { name: 'Ada', targetId });
  bob = await world.newBot(world.ours, { name: 'Bob', targetId, phase: 'stopped' });
});
beforeEach(() =>
  world.database.rows(
    'delete from target_hour; delete from target_price; delete from target_import; delete from infrastructure_day',
  ),
);
afterAll(() => world.close());

const pass = () => bookTargets(world.plane, new AbortController().signal);
const price = (usdPerHour: number, from?: string, who = world.ours) =>
  setTargetPrice(world.plane, who, { targetId, usdPerHour, from });
const bill = (csv: string, who = world.ours) => importTargetCosts(world.plane, who, { csv });
/** Who ran there in the last hours of a day, the others of which nobody saw; and nobody after it. */
const at = (hour: number) => `2026-11-10T${hour}`;
const ran = (hours: Record<string, string[]>) => {
  const seen = Object.entries({ ...hours, '2026-11-11T00': [] });
  const rows = seen.map(
    ([hour, bots]) => `('${targetId}', '${world.ours.workspaceId}', '${hour}:00Z', '{${bots.join()}}')`,
  );
  return world.database.rows(`insert into target_hour (target_id, workspace_id, hour, bot_ids) values ${rows.join()}`);
};
const booked = async (day: string) => {
  const rows = await world.database.rows(`select bot_id, usd::float8 as usd from infrastructure_day
    where target_id = '${targetId}' and day = '${day}' order by usd desc`);
  return rows.map(({ bot_id: id, usd }) => [id === ada ? 'Ada' : id === bob ? 'Bob' : id, usd]);
};

test('an hour is booked in equal parts to the bots that ran in it, at the price it began with', async () => {
  await price(1, '2026-11-10T00:00:00Z');
  await price(2, '2026-11-10T22:30:00Z');
  await ran({ [at(21)]: [ada], [at(22)]: [ada, bob], [at(23)]: [] });
  await pass();
  expect(await booked('2026-11-10')).toEqual([
    ['Ada', 2],
    [null, 2],
    ['Bob', 1],
  ]);
});

test('however often it is booked, and whoever else does, it is booked once', async () => {
  await price(1, '2026-11-10T00:00:00Z');
  await ran({ [at(23)]: [ada] });
  await Promise.all([pass(), pass()]);
  await world.database.rows('update target_hour set booked = false');
  await pass();
  expect(await booked('2026-11-10')).toEqual([['Ada', 1]]);
});

test('a price that is said later counts for the hours since it began', async () => {
  await ran({ [at(22)]: [ada], [at(23)]: [ada] });
  await pass();
  expect(await booked('2026-11-10')).toEqual([]);
  await price(3, '2026-11-10T23:00:00Z');
  await pass();
  expect(await booked('2026-11-10')).toEqual([['Ada', 3]]);
});

test('an imported day stands in for the price, is shared by hours, and is replaced by the next import of it', async () => {
  await price(1, '2026-11-10T00:00:00Z');
  await ran({ [at(22)]: [ada], [at(23)]: [ada, bob] });
  expect(await bill('day,target,usd\n2026-11-10,rack 4,9\n2026-11-09,Rack 4,5')).toEqual({
    days: 2,
    targets: 1,
    usd: 14,
  });
  await pass();
  expect(await booked('2026-11-10')).toEqual([
    ['Ada', 6],
    ['Bob', 3],
  ]);
  expect(await booked('2026-11-09')).toEqual([[null, 5]]);
  await bill('2026-11-10,Rack 4,3');
  await pass();
  expect(await booked('2026-11-10')).toEqual([
    ['Ada', 2],
    ['Bob', 1],
  ]);
  expect(await booked('2026-11-09')).toEqual([[null, 5]]);
});

test('of a file with one wrong line nothing is taken over, and each wrong line is told', async () => {
  await expect(bill('2026-11-10,Rack 4,9\n2026-11-11,Rack 5,9\n2026-11-32,Rack 4,1')).rejects.toThrow(
    'Nothing was imported. Line 2: There is no target named Rack 5. Line 3: Write the day as 2026-11-27: "2026-11-32" is none',
  );
  expect(await world.database.rows('select from target_import')).toEqual([]);
});

test('who runs now is seen for this hour, also who came late in it; it is booked when it is over', async () => {
  await price(1);
  await pass();
  await world.database.rows(`update bot set phase = 'ready' where id = '${bob}'`);
  await pass();
  await world.database.rows(`update bot set phase = 'stopped' where id = '${bob}'`);
  await pass();
  const seen = await world.database.rows(
    `select cardinality(bot_ids) as bots, booked from target_hour where target_id = '${targetId}'`,
  );
  expect(seen).toEqual([{ bots: 2, booked: false }]);
  expect(await world.database.rows('select from infrastructure_day')).toEqual([]);
});

test('hours in which no server ran are made good for who was there before and after', async () => {
  const hours = (back: number) => new Date(Math.floor(Date.now() / 3_600_000 - back) * 3_600_000).toISOString();
  await price(1, hours(6));
  await world.database.rows(`insert into target_hour (target_id, workspace_id, hour, bot_ids)
    values ('${targetId}', '${world.ours.workspaceId}', '${hours(4)}', '{${ada},${bob}}')`);
  await pass();
  const [sums] = await world.database
    .rows(`select sum(usd)::float8 as usd, sum(usd) filter (where bot_id = '${ada}')::float8 as ada
    from infrastructure_day`);
  // Bob had his part of the hour he was seen in alone.
  expect(sums).toEqual({ usd: 4, ada: 3.5 });
});

test('what a target costs is told with its prices, its bills and what was idle', async () => {
  await price(0.25, '2026-11-01T00:00:00Z');
  const day = new Date().toISOString().slice(0, 10);
  await bill(`${day},Rack 4,4`);
  await pass();
  const { items } = await listTargetCosts(world.plane, world.ours, {});
  expect(items.find(({ name }) => name === 'Rack 4')).toMatchObject({
    prices: [{ from: '2026-11-01T00:00:00.000Z', usdPerHour: 0.25 }],
    importedDays: 1,
    lastImportedDay: day,
    monthUsd: 4,
  });
});

test('both are recorded, and neither is done to the targets of another workspace', async () => {
  await price(1);
  await bill('2026-11-10,Rack 4,9');
  const events = await world.database.rows(
    `select type, subject_name, detail from event where type like 'target-%' order by id desc limit 2`,
  );
  expect(events).toMatchObject([
    { type: 'target-cost-imported', detail: { days: 1, targets: ['Rack 4'], usd: 9 } },
    { type: 'target-price-changed', subject_name: 'Rack 4', detail: { usdPerHour: 1 } },
  ]);
  await expect(price(1, undefined, world.theirs)).rejects.toThrow('no such target');
  await expect(bill('2026-11-10,Rack 4,9', world.theirs)).rejects.toThrow('There is no target named Rack 4');
  await expect(price(1, '2020-01-01T00:00:00Z')).rejects.toThrow('at most 400 days ago');
});
