import { watchInbox } from '@clawster/control-plane/inbox/watch-inbox';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { putItem } from './test-inbox.ts';
import { ask, asking, newPerson, type TestPerson } from './test-people.ts';

let app: TestApp;
let workspaceId: string;
let owner: TestPerson;
let grace: TestPerson;
const { asked, done } = asking(() => ({ app, as: owner.as }));
beforeAll(async () => {
  app = await testApp();
});
beforeEach(async () => {
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
  grace = await newPerson(app, workspaceId, 'operator');
});
afterAll(() => app.close());

const put = (item: Partial<Parameters<typeof putItem>[1]> = {}) => putItem(app, { workspaceId, ...item });
const decide = (as: TestPerson, { id, contentHash }: { id: string; contentHash: string }, decision = 'approve') =>
  ask(app, `POST /inbox/${id}/decide`, { as: as.as, body: { decision, contentHash } });
const watch = () => watchInbox(app.plane, new AbortController().signal);
const events = (type: string) =>
  app.database.rows(`select detail from event where workspace_id = '${workspaceId}' and type = '${type}' order by id`);
const viewerOf = async () => newPerson(app, workspaceId, 'viewer');

test('what waits is listed with that first which expires first, counted, and shown with exactly what is decided about', async () => {
  await put({ subject: 'late', title: 'Late', expiresAt: new Date(Date.now() + 9e6) });
  await put({ subject: 'soon', title: 'Soon', expiresAt: new Date(Date.now() + 3e6) });
  const { id } = await put({ subject: 'never', title: 'Never' });
  const { items, total } = await done('GET /inbox');
  expect([items?.map(({ title }) => title), total]).toEqual([['Soon', 'Late', 'Never'], 3]);
  expect(await done('GET /inbox/count')).toEqual({ open: 3, mine: 0 });
  expect(await done(`GET /inbox/${id}`)).toMatchObject({
    title: 'Never',
    decisions: ['approve', 'refuse'],
    content: [{ label: 'Task', text: 'Rotate the keys', untrusted: false }],
  });
});

test('it is decided once: of two at the same time one is told who was first, and again by the same it is the same', async () => {
  const item = await put();
  const answers = await Promise.all([decide(owner, item), decide(grace, item, 'refuse')]);
  const [won, lost] = answers.toSorted((one, other) => one.status - other.status);
  expect([won?.status, lost?.status]).toEqual([200, 409]);
  expect(lost?.body.detail).toMatch(new RegExp(`${String(won?.body['decidedBy'])} was first`));
  const [winner, how] = won?.body['state'] === 'approved' ? [owner, 'approve'] : [grace, 'refuse'];
  expect((await decide(winner, item, how)).body['state']).toBe(won?.body['state']);
  expect(await events('inbox-closed')).toMatchObject([{ detail: { kind: 'stall' } }, { detail: { again: true } }]);
  expect((await done('GET /inbox?state=over')).items).toHaveLength(1);
});

test('who may not read what was written sees that it is hidden, and refuses without approving', async () => {
  await done('POST /roles', { name: 'gate', permissions: ['inbox:read', 'inbox:decide'] });
  const gate = await newPerson(app, workspaceId, 'gate');
  const item = await put();
  const seen = await ask(app, `GET /inbox/${item.id}`, { as: gate.as });
  expect(JSON.stringify(seen.body)).not.toContain('Rotate the keys');
  expect(JSON.stringify(seen.body['content'])).toContain('conversation:read');
  expect((await decide(gate, item)).body.detail).toContain('conversation:read');
  expect((await decide(gate, item, 'refuse')).status).toBe(200);
});

describe('given to somebody', () => {
  test('it is theirs: others give it to themselves first, and who cannot decide is given nothing', async () => {
    const item = await put();
    const viewer = await viewerOf();
    const give = (personId: string | null) => asked(`POST /inbox/${item.id}/assign`, { personId });
    expect((await give(viewer.id)).body.detail).toContain('may not decide');
    expect((await give(grace.id)).body).toMatchObject({ assignee: { id: grace.id, name: grace.name } });
    expect((await ask(app, 'GET /inbox/count', { as: grace.as })).body).toEqual({ open: 1, mine: 1 });
    expect((await decide(owner, item)).body.detail).toContain(`given to ${grace.name}`);
    expect((await give(null)).body['assignee']).toBeUndefined();
    await give(owner.id);
    expect((await decide(owner, item)).status).toBe(200);
    expect(await events('inbox-assigned')).toHaveLength(3);
  });
});

test('what nobody decided in time expires, and is told', async () => {
  const item = await put({ expiresAt: new Date(Date.now() + 60_000) });
  await app.database.rows(`update inbox_item set expires_at = now() - interval '1 second' where id = '${item.id}'`);
  expect((await decide(owner, item)).body.detail).toContain('expired');
  await watch();
  expect(await done(`GET /inbox/${item.id}`)).toMatchObject({ state: 'expired', decidedBy: 'Clawster' });
  expect((await decide(owner, item)).status).toBe(409);
});

test('a question is answered in words, and by no yes', async () => {
  const item = await put({
    kind: 'question',
    subject: 'q',
    isQuestion: true,
    decisions: [],
    choices: ['Blue', 'Green'],
  });
  expect((await decide(owner, item)).body.detail).toContain('cannot be approved');
  const { contentHash } = item;
  const answer = await asked(`POST /inbox/${item.id}/answer`, { contentHash, answer: 'Blue, as the sky' });
  expect(answer.body).toMatchObject({ state: 'answered', answer: 'Blue, as the sky', decidedBy: owner.name });
});

test('a spent budget is lifted by its limit once; with the budget changed meanwhile it is not', async () => {
  const budget = await done('POST /budgets', { name: 'Daily', period: 'day', limitUsd: 2 });
  const { askToLift } = await import('@clawster/control-plane/budget/spent-item');
  const { getBudgetRow } = await import('@clawster/control-plane/budget/budget.queries');
  const { change } = await import('@clawster/control-plane/change');
  const spend = () =>
    change(app.plane, { workspaceId, job: 'test' }, async (context) =>
      askToLift(context, await getBudgetRow(context.tx, String(budget['id'])), new Date()),
    );
  await spend();
  const [item] = (await done('GET /inbox')).items ?? [];
  const found = { id: String(item?.['id']), contentHash: String(item?.['contentHash']) };
  expect((await decide(grace, found)).body.detail).toContain('budget:manage');
  expect((await decide(owner, found)).status).toBe(200);
  expect((await done(`GET /budgets/${String(budget['id'])}`))['use']).toMatchObject({ limitUsd: 4 });
  await spend();
  await done(`PATCH /budgets/${String(budget['id'])}`, { limitUsd: 1 });
  const [second] = (await done('GET /inbox')).items ?? [];
  const again = { id: String(second?.['id']), contentHash: String(second?.['contentHash']) };
  expect((await decide(owner, again)).body.detail).toContain('changed meanwhile');
  expect(await done(`GET /inbox/${again.id}`)).toMatchObject({ state: 'open' });
});
