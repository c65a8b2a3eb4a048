import { advanceGoals } from '@clawster/control-plane/goal/advance-goals';
import { sendNotices } from '@clawster/control-plane/notifier/send-notices';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type HttpSink, httpSink } from '../testing/http-sink.ts';
import { type TestApp, testApp } from './test-app.ts';
import { proposePlan } from './test-lead.ts';
import { ask, asking, attempts, type Body, type Credential, newPerson, type TestPerson } from './test-people.ts';

// S7: who set a goal approves what comes of it, where the team wants somebody else to.

let app: TestApp;
let sink: HttpSink;
let workspaceId: string;
let owner: TestPerson;
let teamId: string;
let botId: string;
const tried = attempts('S7, by another');
beforeAll(async () => {
  app = await testApp();
  sink = await httpSink();
});
beforeEach(async () => {
  sink.received.length = 0;
  await app.database.rows('delete from sign_in_attempt');
  workspaceId = await app.newWorkspace();
  // A workspace is made with somebody in it; here the founder is the one owner.
  await app.database.rows(`delete from membership where workspace_id = '${workspaceId}'`);
  owner = await newPerson(app, workspaceId, 'owner');
  botId = String((await done('POST /bots', { name: 'Ada', start: false }))['id']);
  const bea = String((await done('POST /bots', { name: 'Bea', start: false }))['id']);
  const members = [{ botId: bea, capabilities: ['support'] }];
  teamId = String(
    (await done('POST /teams', { name: 'Care', lead: { botId }, members, approvalsByAnother: true }))['id'],
  );
  const rules = [{ id: 'see', name: 'See', enabled: true, when: {}, action: { do: 'hold', reason: 'Look first' } }];
  await done(`PUT /teams/${teamId}/rules`, { baseVersion: 0, rules });
});
afterAll(async () => {
  await sink.close();
  await app.close();
});

const { done } = asking(() => ({ app, as: owner.as }));
const byAnother = 'the team wants somebody else to approve';
const task = { key: 'ask', title: 'Ask', task: 'Ask', capability: 'support' };
const plan = {
  milestones: [{ title: 'M', tasks: [{ key: 'ask', title: 'Ask', text: 'Ask', capability: 'support' }] }],
};
const newGoal = (as: Credential = owner.as, more: Body = {}) =>
  ask(app, 'POST /goals', { as, body: { teamId, title: 'Happy customers', ...more } });
const itemOf = async (kind: string) => (await done(`GET /inbox?kind=${kind}`)).items?.[0] as Body;
const decide = (as: Credential, { id, contentHash }: Body, decision = 'approve') =>
  ask(app, `POST /inbox/${String(id)}/decide`, { as, body: { decision, contentHash } });
async function proposed(as?: Credential): Promise<Body> {
  const { body: goal } = await newGoal(as);
  await proposePlan({ app, workspaceId, teamId, botId }, goal, [task]);
  return itemOf('plan');
}
const keyOf = async (more: Body) => {
  const { value } = await done('POST /api-keys', { name: 'ci', role: 'owner', ...more });
  return { authorization: `Bearer ${String(value)}` };
};

test('who set a goal approves its plan neither signed in, nor by a key, nor by a link, nor by what another key set; somebody else does', async () => {
  const grace = await newPerson(app, workspaceId, 'operator');
  const account = await done('POST /service-accounts', { name: 'ci', role: 'admin' });
  const [own, ofAccount] = [
    await keyOf({}),
    await keyOf({ name: 'ci 2', role: 'admin', serviceAccountId: account['id'] }),
  ];
  await done('POST /notifiers', { name: 'Hook', kind: 'webhook', url: sink.url });
  for (const setter of [owner.as, own, ofAccount]) {
    const item = await proposed(setter);
    for (const as of [owner.as, own, ofAccount])
      await tried.refused(decide(as, item), decide(as, item, 'refuse'), decide(as, item, 'always'));
    await sendNotices(app.plane, new AbortController().signal);
    expect(sink.received.at(-1)?.body).not.toContain('inbox-link');
    expect(await done(`GET /inbox/${String(item['id'])}`)).toMatchObject({
      state: 'open',
      whyNot: expect.stringContaining(byAnother),
    });
    await tried.refused(
      ask(app, `POST /inbox/${String(item['id'])}/assign`, { as: grace.as, body: { personId: owner.id } }),
    );
    expect((await decide(grace.as, item)).status).toBe(200);
  }
  expect(tried.told()).toMatchObject({ letIn: 0 });
});

test('what the plan asks and a rule holds is let through by somebody else, too', async () => {
  const grace = await newPerson(app, workspaceId, 'operator');
  await decide(grace.as, await proposed());
  await advanceGoals(app.plane, new AbortController().signal);
  const held = await itemOf('delegation');
  expect(held).toMatchObject({ title: 'The plan for “Happy customers” asks whoever can do support: Ask' });
  expect((await decide(owner.as, held)).body.detail).toContain(byAnother);
  expect((await decide(grace.as, held)).status).toBe(200);
});

test('a plan of their own is not put in force unseen by who set the goal; of the goal of another it is', async () => {
  const grace = await newPerson(app, workspaceId, 'operator');
  expect((await newGoal(owner.as, { plan })).body.detail).toContain('let the lead propose one');
  const { body: goal } = await newGoal();
  const put = (as: Credential) => ask(app, `PUT /goals/${String(goal['id'])}/plan`, { as, body: { plan } });
  expect((await put(owner.as)).body.detail).toContain('You set this goal');
  expect((await put(grace.as)).status).toBe(200);
});

test('alone, or among people who may not decide, or who are disabled, who set a goal approves its plan', async () => {
  await newPerson(app, workspaceId, 'viewer');
  const gone = await newPerson(app, workspaceId, 'operator');
  const item = await proposed();
  expect((await decide(owner.as, item)).body.detail).toContain(byAnother);
  await app.database.rows(`update membership set disabled_at = now() where person_id = '${gone.id}'`);
  expect((await decide(owner.as, item)).status).toBe(200);
  expect((await newGoal(owner.as, { plan })).status).toBe(200);
});

test('where the team does not want it, who set a goal approves its plan; that it is wanted or not is told', async () => {
  await newPerson(app, workspaceId, 'operator');
  const item = await proposed();
  expect((await decide(owner.as, item)).body.detail).toContain(byAnother);
  expect(await done(`PATCH /teams/${teamId}`, { approvalsByAnother: false })).toMatchObject({
    approvalsByAnother: false,
  });
  const [event] = (await done('GET /events?type=team-updated')).items ?? [];
  expect(JSON.stringify(event)).toContain('approvalsByAnother');
  expect((await decide(owner.as, item)).status).toBe(200);
});

test('who is alone decides on what they asked for themselves; from the moment that somebody else may, they do not', async () => {
  const request = { teamId, toBotId: botId, title: 'Write', text: 'Write to all customers' };
  for (const [title, role, status] of [
    ['alone', undefined, 200],
    ['beside one who decides nothing', 'viewer', 200],
    ['beside one who may decide', 'operator', 422],
  ] as const) {
    if (role) await newPerson(app, workspaceId, role);
    await done('POST /delegations', { ...request, title });
    const item = await itemOf('delegation');
    expect([title, (await decide(owner.as, item)).status]).toEqual([title, status]);
  }
});
