import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { asking, type Body, type Credential } from './test-people.ts';

let app: TestApp;
let workspaceId: string;
let as: Credential;
beforeAll(async () => {
  app = await testApp();
});
beforeEach(async () => {
  workspaceId = await app.newWorkspace();
  as = { cookie: await app.cookieOf(workspaceId, 'owner') };
});
afterAll(() => app.close());

const { asked, done } = asking(() => ({ app, as }));
const newBot = async (name: string) => String((await done('POST /bots', { name, start: false }))['id']);
const generationOf = async (botId: string) => (await done(`GET /bots/${botId}`))['generation'] as number;
const membersOf = (team: Body) => (team['members'] as { botName: string; isLead: boolean }[]).map((one) => one.botName);
const newTeam = async (more: Body = {}) => {
  const [ada, bea] = [await newBot('Ada'), await newBot('Bea')];
  const lead = { botId: ada, title: 'Lead', capabilities: ['planning'] };
  const members = [{ botId: bea, title: 'Support', capabilities: ['support', 'support'] }];
  const team = await done('POST /teams', { name: 'Care', charter: 'We care.', lead, members, ...more });
  return { team, teamId: String(team['id']), ada, bea };
};
const connectorId = async () => (await done('GET /connectors')).items?.[0]?.['id'];

test('a team is made of bots there are, and each of them hears of it', async () => {
  const { team, teamId, ada, bea } = await newTeam();
  expect(team).toMatchObject({ name: 'Care', memberCount: 2, rulesVersion: 0, open: 0, lead: { botName: 'Ada' } });
  expect(team['members']).toMatchObject([
    { botName: 'Ada', isLead: true, mayDelegate: true },
    { botName: 'Bea', isLead: false, mayDelegate: false, capabilities: ['support'], working: 0, waiting: 0 },
  ]);
  expect([await generationOf(ada), await generationOf(bea)]).toEqual([2, 2]);
  expect((await done('GET /teams?search=car')).items).toMatchObject([{ id: teamId, lead: { botName: 'Ada' } }]);
  expect((await done('GET /events')).items).toContainEqual(
    expect.objectContaining({ type: 'team-created', subjectName: 'Care' }),
  );
});

test('a bot is in one team at most, and has one place in it', async () => {
  const { bea } = await newTeam();
  const eve = await newBot('Eve');
  const twice = await asked('POST /teams', { name: 'Twice', lead: { botId: eve }, members: [{ botId: eve }] });
  expect(twice.body.detail).toContain('named twice');
  const other = await asked('POST /teams', { name: 'Other', lead: { botId: eve }, members: [{ botId: bea }] });
  expect([other.status, other.body.detail]).toEqual([409, expect.stringContaining('Bea is in the team Care')]);
  expect((await done('GET /teams')).items).toHaveLength(1);
  expect((await asked('POST /teams', { name: 'care', lead: { botId: eve } })).body.detail).toContain(
    'a team named care already',
  );
});

test('a change of the team reaches its bots, one of its limits does not; an old one is refused', async () => {
  const { teamId, ada, bea } = await newTeam();
  const limited = await done(`PATCH /teams/${teamId}`, { limits: { openTasks: 5 }, baseVersion: 1 });
  expect([limited['limits'], await generationOf(ada)]).toEqual([expect.objectContaining({ openTasks: 5, hops: 3 }), 2]);
  const stale = await asked(`PATCH /teams/${teamId}`, { charter: 'Old', baseVersion: 1 });
  expect([stale.status, stale.body.detail]).toEqual([409, expect.stringContaining('changed meanwhile')]);
  const led = await done(`PATCH /teams/${teamId}`, { leadId: bea, charter: 'New' });
  expect([led['lead'], await generationOf(ada), await generationOf(bea)]).toEqual([
    expect.objectContaining({ botName: 'Bea', mayDelegate: true }),
    3,
    3,
  ]);
  const stranger = await asked(`PATCH /teams/${teamId}`, { leadId: await newBot('Eve') });
  expect(stranger.body.detail).toContain('Only a member can lead');
});

test('a bot comes and goes, and its team hears of both; the lead stays until another leads', async () => {
  const { teamId, ada, bea } = await newTeam();
  const eve = await newBot('Eve');
  const joined = await done(`PUT /teams/${teamId}/members/${eve}`, { title: 'Review', capabilities: ['code-review'] });
  expect([membersOf(joined), await generationOf(ada), await generationOf(eve)]).toEqual([['Ada', 'Bea', 'Eve'], 3, 2]);
  const left = await done(`DELETE /teams/${teamId}/members/${eve}`);
  expect([membersOf(left), await generationOf(eve)]).toEqual([['Ada', 'Bea'], 3]);
  for (const line of [`DELETE /teams/${teamId}/members/${ada}`, `DELETE /bots/${ada}`] as const)
    expect((await asked(line)).body.detail).toContain('Ada leads the team Care: let another of its bots lead first');
  await done(`DELETE /bots/${bea}`);
  expect(membersOf(await done(`GET /teams/${teamId}`))).toEqual(['Ada']);
  expect((await asked(`DELETE /teams/${teamId}/members/${eve}`)).status).toBe(404);
});

test('a team that is disbanded is gone, with all that was open; its bots and its name are free', async () => {
  const { teamId, ada, bea } = await newTeam();
  await app.database
    .rows(`insert into delegation (workspace_id, team_id, ask_key, root_id, trace_id, hops, from_kind, from_name,
      to_bot_id, title, text, content_hash, origin, rights, untrusted, state, rules_version, deadline_at)
    values ('${workspaceId}', '${teamId}', 'k', '${teamId}', 't', 0, 'person', 'Grace', '${bea}', 'x', 'x', 'x', '{}', '{}', false,
      'working', 1, now() + interval '1 hour')`);
  expect(await done(`GET /teams/${teamId}`)).toMatchObject({ open: 1, members: [{}, { working: 1 }] });
  expect((await done(`GET /teams/${teamId}/flow`))['edges']).toEqual([
    { toBotId: bea, open: 1, held: 0, done: 0, refused: 0, failed: 0, costUsd: 0 },
  ]);
  await done(`DELETE /teams/${teamId}`);
  expect((await asked(`GET /teams/${teamId}`)).status).toBe(404);
  expect(await app.database.rows(`select state from delegation where team_id = '${teamId}'`)).toEqual([
    { state: 'cancelled' },
  ]);
  const again = await done('POST /teams', { name: 'Care', lead: { botId: bea }, members: [{ botId: ada }] });
  expect(again).toMatchObject({ open: 0, lead: { botName: 'Bea' } });
});

test('a one-person company is made in one go: bots of their templates, rules, limits and the charter', async () => {
  const team = await done('POST /teams/deploy', {
    template: 'one-person-company',
    name: 'Acme',
    connectorId: await connectorId(),
    botNames: { lead: 'Ada' },
    variables: { company: 'Acme Rockets' },
  });
  expect(membersOf(team)).toEqual(['Ada', 'Business', 'DevOps', 'Reviewer', 'Support']);
  expect(team).toMatchObject({ rulesVersion: 1, limits: { usdPerOrigin: 25 }, lead: { botName: 'Ada' } });
  expect(team['charter']).toContain('Acme Rockets');
  const [rules] = await app.database.rows(`select jsonb_array_length(rules) as count, author from team_rules
    where team_id = '${String(team['id'])}'`);
  expect(rules?.['count']).toBe(7);
  const templates = (await done('GET /team-templates')).items;
  expect(templates).toMatchObject([{ id: 'one-person-company', members: [{ isLead: true }, {}, {}, {}, {}] }]);
});

test.each([
  ['a name is taken', { botNames: { support: 'ada' } }, 'There is a bot named ada already: choose other names'],
  ['an answer is missing', { variables: {} }, 'Your company'],
  ['two bots would have one name', { botNames: { support: 'Max', lead: 'max' } }, 'the same name'],
  ['a bot is named that is not in it', { botNames: { cook: 'Max' } }, 'The template has no bot "cook"'],
  ['there is no such template', { template: 'band' }, 'no such team template'],
])('nothing of a team is made where %s', async (_, wrong, why) => {
  await newBot('Ada');
  const good = { template: 'one-person-company', name: 'Acme', variables: { company: 'Acme' } };
  const { status, body } = await asked('POST /teams/deploy', {
    ...good,
    connectorId: await connectorId(),
    ...wrong,
  });
  expect(status).toBeGreaterThanOrEqual(400);
  expect(body.detail).toContain(why);
  expect((await done('GET /bots')).items).toHaveLength(1);
  expect((await done('GET /teams')).items).toEqual([]);
});
