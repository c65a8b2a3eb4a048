import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { ask, newPerson, type TestPerson } from './test-people.ts';

let app: TestApp;
let workspaceId: string;
let owner: TestPerson;
let viewer: TestPerson;
beforeAll(async () => {
  app = await testApp();
});
beforeEach(async () => {
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
  viewer = await newPerson(app, workspaceId, 'viewer');
});
afterAll(() => app.close());

const filter = { noun: 'session', outcome: 'refused', range: 'day' };
const create = (who: TestPerson, body: object) =>
  ask(app, 'POST /audit/views', { as: who.as, body: { name: 'Refused', filter, ...body } });
const idOf = async (made: ReturnType<typeof create>) => String((await made).body['id']);
const namesFor = async (who: TestPerson) =>
  (await ask(app, 'GET /audit/views', { as: who.as })).body.items?.map(({ name }) => name);

test('a view is its maker’s own, or the whole workspace sees it', async () => {
  expect((await create(viewer, {})).body).toMatchObject({ name: 'Refused', filter, shared: false });
  await create(owner, { name: 'All', filter: {}, shared: true });
  expect([await namesFor(viewer), await namesFor(owner)]).toEqual([['All', 'Refused'], ['All']]);
  const elsewhere = await newPerson(app, await app.newWorkspace(), 'owner');
  expect(await namesFor(elsewhere)).toEqual([]);
});

test('nobody opens, changes or deletes another’s own', async () => {
  const id = await idOf(create(viewer, {}));
  for (const line of [`PATCH /audit/views/${id}`, `DELETE /audit/views/${id}`] as const)
    expect((await ask(app, line, { as: owner.as, body: { name: 'Mine' } })).status).toBe(404);
  expect(await namesFor(viewer)).toEqual(['Refused']);
});

test('those of the workspace are kept by who looks after the trail', async () => {
  expect((await create(viewer, { shared: true })).status).toBe(403);
  const id = await idOf(create(owner, { shared: true }));
  for (const line of [`PATCH /audit/views/${id}`, `DELETE /audit/views/${id}`] as const)
    expect((await ask(app, line, { as: viewer.as, body: { name: 'Mine' } })).status).toBe(403);
  expect(await namesFor(viewer)).toEqual(['Refused']);
});

test('a view is renamed and changed, and what it was is in the trail', async () => {
  const id = await idOf(create(owner, {}));
  const { body } = await ask(app, `PATCH /audit/views/${id}`, { as: owner.as, body: { filter: { search: 'ada' } } });
  expect(body).toMatchObject({ id, name: 'Refused', filter: { search: 'ada' } });
  await ask(app, `DELETE /audit/views/${id}`, { as: owner.as });
  expect(await namesFor(owner)).toEqual([]);
  const events = (await ask(app, 'GET /events?noun=audit', { as: owner.as })).body.items ?? [];
  expect(events.map(({ type, detail }) => [type, detail])).toEqual([
    ['audit-view-deleted', { shared: false }],
    ['audit-view-updated', { changed: ['filter'], before: { filter }, after: { filter: { search: 'ada' } } }],
    ['audit-view-created', { filter, shared: false }],
  ]);
});

test('a name is taken once by each, whatever its case', async () => {
  await create(viewer, {});
  const { status, body } = await create(viewer, { name: 'refused' });
  expect([status, body['detail']]).toEqual([409, 'There is a view named refused already: choose another name']);
  expect((await create(owner, {})).status).toBe(200);
  expect((await create(owner, { shared: true })).status).toBe(200);
});

test.each([
  ['no name', { name: ' ' }],
  ['a filter that is none', { filter: { noun: 'Bots!' } }],
  ['a field there is not', { filter: { secret: 'x' } }],
])('%s is refused', async (_, body) => {
  expect((await create(owner, body)).status).toBe(400);
  expect(await namesFor(owner)).toEqual([]);
});

test('who leaves the workspace leaves no view behind', async () => {
  await create(viewer, {});
  await ask(app, `DELETE /people/${viewer.id}`, { as: owner.as });
  expect(await app.database.rows(`select id from audit_view where workspace_id = '${workspaceId}'`)).toEqual([]);
});
