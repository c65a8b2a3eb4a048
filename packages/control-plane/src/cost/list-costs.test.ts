import { randomUUID } from 'node:crypto';
import type { CostGroup, Costs } from '@clawster/contract/cost';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportCosts } from './export-costs.ts';
import { forecastCosts } from './forecast-costs.ts';
import { listConversationCosts } from './list-conversation-costs.ts';
import { listCosts } from './list-costs.ts';
import { type CostWorld, newCostWorld } from './testing/cost-world.ts';

let world: CostWorld;
let ada = '';
let bob = '';
let care = '';
const gone = randomUUID();
const november = { from: '2026-11-01', to: '2026-11-30' };

beforeAll(async () => {
  world = await newCostWorld();
  const { ours, theirs } = world;
  ada = await world.newBot(ours, { name: 'Ada', labels: { team: 'support' } });
  bob = await world.newBot(ours, { name: 'Bob' });
  care = await newTeam('Care', ada);
  const eve = await world.newBot(theirs, { name: 'Eve' });
  await world.call(ours, ada, { usd: 0.5, channel: 'telegram', priceVersion: '2026-11-01 1/2/1/1', session: 'one' });
  await world.call(ours, ada, { at: '2026-11-11T23:59:59.999Z', usd: 0.25, priceVersion: '2026-11-05 2/4/2/2' });
  await world.call(ours, bob, { at: '2026-11-11T10:00:00.000Z', channel: 'slack', session: 'two', tokens: 50 });
  await world.call(ours, bob, {
    at: '2026-11-12T00:00:00.000Z',
    usd: 2,
    model: '=big()',
    failed: true,
    session: 'two',
  });
  await world.call(ours, gone, { at: '2026-11-12T10:00:00.000Z', usd: 0.125 });
  await world.call(ours, ada, { at: '2026-10-31T23:59:59.000Z', usd: 7 });
  await world.call(theirs, eve, { usd: 100, session: 'three' });
  const target = await world.targetOf(ours);
  await world.database.rows(`insert into infrastructure_day (target_id, workspace_id, day, bot_id, usd) values
    ('${target}', '${ours.workspaceId}', '2026-11-12', '${ada}', 1), ('${target}', '${ours.workspaceId}', '2026-11-12', null, 3)`);
});
afterAll(() => world.close());

async function newTeam(name: string, leadId: string): Promise<string> {
  const { workspaceId } = world.ours;
  const [team] = await world.database
    .rows(`insert into team (workspace_id, name, charter, lead_id, limits, channel_rights)
    values ('${workspaceId}', '${name}', '', '${leadId}', '{}', '{}') returning id`);
  await join(leadId, String(team?.['id']));
  return String(team?.['id']);
}
const join = (botId: string, teamId: string) =>
  world.database.rows(`insert into team_member (bot_id, team_id, workspace_id, title, capabilities, may_delegate)
    values ('${botId}', '${teamId}', '${world.ours.workspaceId}', '', '{}', false)`);
const leave = (botId: string) => world.database.rows(`delete from team_member where bot_id = '${botId}'`);

const list = (input: object, who = world.ours): Promise<Costs> =>
  listCosts(world.plane, who, { ...november, ...input });
const reaching = (botId: string) => ({
  ...world.ours,
  role: 'member',
  permissions: new Set<never>(),
  grants: [{ role: 'viewer', permissions: world.ours.permissions, bots: { botId } }],
});
const told = ({ rows }: Costs) => rows.map(({ kind, key, name, totalUsd }) => [kind, name ?? key, totalUsd]);
const sum = (numbers: number[]) => numbers.reduce((one, other) => one + other, 0);

test.each<[string, object, unknown[][]]>([
  [
    'bot',
    {},
    [
      ['idle', '', 3],
      ['group', 'Bob', 2],
      ['group', 'Ada', 1.75],
      ['group', 'gone', 0.125],
    ],
  ],
  [
    'channel',
    {},
    [
      ['infrastructure', '', 4],
      ['none', '', 2.375],
      ['group', 'telegram', 0.5],
      ['group', 'slack', 0],
    ],
  ],
  [
    'model',
    {},
    [
      ['infrastructure', '', 4],
      ['group', '=big()', 2],
      ['group', 'demo', 0.875],
    ],
  ],
  [
    'connector',
    {},
    [
      ['infrastructure', '', 4],
      ['none', '', 2.875],
    ],
  ],
  [
    'target',
    {},
    [
      ['group', 'This machine', 6.75],
      ['none', '', 0.125],
    ],
  ],
  [
    'day',
    {},
    [
      ['group', '2026-11-10', 0.5],
      ['group', '2026-11-11', 0.25],
      ['group', '2026-11-12', 6.125],
    ],
  ],
  [
    'team',
    {},
    [
      ['idle', '', 3],
      ['none', '', 2.125],
      ['group', 'Care', 1.75],
    ],
  ],
  [
    'label',
    { label: 'team' },
    [
      ['idle', '', 3],
      ['none', '', 2.125],
      ['group', 'support', 1.75],
    ],
  ],
])('by %s each part is told, and the parts are the whole', async (group, more, expected) => {
  const costs = await list({ group, ...more });
  expect(told(costs)).toEqual(expected.map(([kind, key, usd]) => [kind, key === 'gone' ? gone : key, usd]));
  expect(costs.total).toMatchObject({
    calls: 5,
    failed: 1,
    unpriced: 1,
    inputTokens: 4_050,
    modelUsd: 2.875,
    infrastructureUsd: 4,
    totalUsd: 6.875,
    beforeUsd: 7,
  });
  expect(sum(costs.rows.map(({ share }) => share))).toBeCloseTo(1);
  expect(sum(costs.series.flatMap(({ days }) => days.map(({ usd }) => usd)))).toBeCloseTo(6.875);
  for (const { days } of costs.series) expect(days).toHaveLength(30);
});

test('a bot that is gone is told without a name', async () => {
  const { rows } = await list({});
  expect(rows.find(({ key }) => key === gone)).not.toHaveProperty('name');
});

test.each<[Record<string, string>, number, number]>([
  [{ botId: 'ada' }, 1.75, 2],
  [{ labels: 'team=support' }, 1.75, 2],
  [{ teamId: 'team' }, 1.75, 2],
  [{ teamId: 'team', botId: 'bob' }, 0, 0],
  [{ channel: 'telegram' }, 0.5, 1],
  [{ model: '=big()' }, 2, 1],
  [{ targetId: 'target' }, 6.75, 4],
  [{ from: '2026-11-11', to: '2026-11-11' }, 0.25, 2],
  [{ from: '2026-12-01', to: '2026-12-31' }, 0, 0],
  [{ labels: 'team=nobody' }, 0, 0],
])('of %o it is %d US dollars in %i calls', async (filter, usd, calls) => {
  const ids = new Map([
    ['ada', ada],
    ['bob', bob],
    ['team', care],
    ['target', await world.targetOf(world.ours)],
  ]);
  const named = Object.entries(filter).map(([name, value]) => [name, ids.get(value) ?? value]);
  expect((await list(Object.fromEntries(named))).total).toMatchObject({ totalUsd: usd, calls });
});

test('the days before are as many, right before', async () => {
  const { before, total, rows } = await list({ from: '2026-11-01', to: '2026-11-12' });
  expect(before).toEqual({ from: '2026-10-20', to: '2026-10-31' });
  expect(total.beforeUsd).toBe(7);
  expect(rows.find(({ name }) => name === 'Ada')?.before).toEqual({ totalUsd: 7, calls: 1 });
});

test('at which prices it was counted is told, and calls without one too', async () => {
  const { prices } = await list({ botId: ada });
  expect(prices.map(({ priceVersion, calls, usd, firstDay }) => [priceVersion, calls, usd, firstDay])).toEqual([
    ['2026-11-01 1/2/1/1', 1, 0.5, '2026-11-10'],
    ['2026-11-05 2/4/2/2', 1, 0.25, '2026-11-11'],
  ]);
  expect((await list({ teamId: care })).prices).toEqual(prices);
  expect((await list({ botId: bob })).prices.map(({ priceVersion }) => priceVersion)).toEqual(['', '']);
});

test('another workspace sees its own, and nothing of ours', async () => {
  expect(told(await list({}, world.theirs))).toEqual([['group', 'Eve', 100]]);
  expect((await list({ botId: ada }, world.theirs)).rows).toEqual([]);
  expect((await list({ teamId: care }, world.theirs)).rows).toEqual([]);
});

test('a bot counts to the team it is in now, with all it cost before; once it is in none, to none', async () => {
  const office = await newTeam('Office', bob);
  await leave(ada);
  await join(ada, office);
  const moved = await list({ group: 'team' });
  expect(told(moved)).toEqual([
    ['group', 'Office', 3.75],
    ['idle', '', 3],
    ['none', '', 0.125],
  ]);
  expect(moved.rows.map(({ before }) => before.totalUsd)).toEqual([7, 0, 0]);
  await leave(bob);
  await leave(ada);
  await join(ada, care);
  const back = await list({ group: 'team' });
  expect(told(back).slice(1)).toEqual([
    ['none', '', 2.125],
    ['group', 'Care', 1.75],
  ]);
  expect(back.total).toEqual(moved.total);
});

test('of a team whose lead the caller does not reach, its bots within reach are told, without its name', async () => {
  await join(bob, care);
  const { rows } = await list({ group: 'team' }, reaching(bob));
  await leave(bob);
  expect(rows).toMatchObject([{ kind: 'group', key: care, totalUsd: 2 }]);
  expect(rows[0]).not.toHaveProperty('name');
});

test.each<CostGroup>(['bot', 'channel', 'model', 'target', 'day', 'team'])(
  'who reaches some bots sees their cost alone, by %s',
  async (group) => {
    const grace = reaching(ada);
    const { total, prices } = await list({ group }, grace);
    expect(total).toMatchObject({ calls: 2, modelUsd: 0.75, infrastructureUsd: 1 });
    expect(sum(prices.map(({ usd }) => usd))).toBe(0.75);
    await expect(list({ botId: bob }, grace)).rejects.toThrow('no such bot among those');
    expect((await listConversationCosts(world.plane, grace, november)).items.map(({ botName }) => botName)).toEqual([
      'Ada',
    ]);
  },
);

test.each([
  [{ from: '2026-11-02', to: '2026-11-01' }, 'end before they begin'],
  [{ from: '2020-01-01', to: '2026-11-01' }, 'at most 400 days'],
  [{ group: 'label' }, 'Name the label'],
  [{ from: 'yesterday' }, 'from'],
])('%o is refused: %s', (input, why) => expect(list(input)).rejects.toThrow(why));

test('the dearest conversations are told first, with what they took', async () => {
  const { items } = await listConversationCosts(world.plane, world.ours, november);
  expect(
    items.map(({ session, botName, usd, calls, tokens, unpriced }) => [session, botName, usd, calls, tokens, unpriced]),
  ).toEqual([
    ['two', 'Bob', 2, 2, 1_050, 1],
    ['one', 'Ada', 0.5, 1, 1_000, 0],
  ]);
  const day = await listConversationCosts(world.plane, world.ours, { from: '2026-11-11', to: '2026-11-11' });
  expect(day.items.map(({ session, usd }) => [session, usd])).toEqual([['two', 0]]);
  await expect(
    listConversationCosts(world.plane, world.ours, { from: '2026-10-01', to: '2026-11-11' }),
  ).rejects.toThrow('at most 31 days');
});

test('the file has a line for each part, its prices, and no cell that acts', async () => {
  const { name, parts } = await exportCosts(world.plane, world.ours, {
    input: november,
    signal: new AbortController().signal,
  });
  let text = '';
  for await (const part of parts) text += part;
  const lines = text.trim().split('\r\n');
  expect(name).toBe('clawster-costs-2026-11-01-2026-11-30.csv');
  expect(lines[0]).toMatch(/^day,bot,bot id,labels,channel,model/);
  expect(lines).toHaveLength(8);
  expect(text).toContain(
    `2026-11-10,Ada,${ada},team=support,telegram,demo,,This machine,1,0,1000,0,0,0,0,0.5,0,2026-11-01 1/2/1/1`,
  );
  const teams = lines.map((line) => line.split(',')).map(([, bot, ...cells]) => [bot, cells.at(-1)]);
  expect(new Set(teams.map(String))).toEqual(new Set(['bot,team', 'Ada,Care', 'Bob,', ',']));
  expect(text).toContain(",'=big(),");
  const usd = lines
    .slice(1)
    .map((line) => line.split(','))
    .map((cells) => Number(cells[15]) + Number(cells[16]));
  expect(sum(usd)).toBeCloseTo((await list({})).total.totalUsd);
  expect(text).not.toContain('Eve');
});

test('a forecast is made for this month from the workspace alone', async () => {
  const now = new Date().toISOString();
  await world.call(world.ours, ada, { at: now, usd: 1 });
  const { month, spentUsd, basis } = await forecastCosts(world.plane, world.ours, { botId: ada });
  expect(month).toBe(now.slice(0, 7));
  expect(spentUsd).toBeGreaterThanOrEqual(1);
  expect(basis).toMatch(/\.$/);
  expect((await forecastCosts(world.plane, world.theirs, { botId: ada })).spentUsd).toBe(0);
});
