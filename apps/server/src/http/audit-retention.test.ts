import { sealEvents } from '@clawster/control-plane/audit/seal-events';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { ask, newPerson, type TestPerson } from './test-people.ts';

let app: TestApp;
let workspaceId: string;
let owner: TestPerson;
beforeAll(async () => {
  app = await testApp();
});
beforeEach(async () => {
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
});
afterAll(() => app.close());

const keepFor = (days: unknown) => ask(app, 'PUT /audit/retention', { as: owner.as, body: { days } });
const kept = async (query = '') => (await ask(app, `GET /audit/retention${query}`, { as: owner.as })).body;

test('events are kept for ever until somebody says for how long, and that is in the trail with how it was before', async () => {
  expect(await kept()).toEqual({ due: 0 });
  expect((await keepFor(90)).body).toEqual({ days: 90, due: 0 });
  expect((await keepFor(null)).body).toEqual({ due: 0 });
  const { body } = await ask(app, 'GET /events?type=audit-retention-changed', { as: owner.as });
  expect(body.items?.map(({ detail }) => detail)).toEqual([
    { changed: ['days'], before: { days: 90 }, after: { days: null } },
    { changed: ['days'], before: { days: null }, after: { days: 90 } },
  ]);
});

test('it is told beforehand how many would go', async () => {
  await keepFor(90);
  await expect
    .poll(async () => {
      await sealEvents(app.plane, new AbortController().signal);
      return app.database.rows(`select number from audit_seal where workspace_id = '${workspaceId}'`);
    })
    .toHaveLength(1);
  await app.database.rows(
    `insert into audit_seal select workspace_id, 2, now() - interval '50 days', epoch, last_xid, last_id,
       array[1, 2, 3], event_hashes, previous_hash, hash, key_id, signature
     from audit_seal where workspace_id = '${workspaceId}'`,
  );
  expect([await kept(), await kept('?days=40'), await kept('?days=60')]).toEqual([
    { days: 90, due: 0 },
    { days: 90, due: 3 },
    { days: 90, due: 0 },
  ]);
});

test.each([[29], [0], [-1], [3_651], ['soon'], [30.5], [undefined]])('%s days are refused', async (days) => {
  const { status, body } = await keepFor(days);
  expect([status, body['code']]).toEqual([400, 'invalid']);
  expect(await kept()).toEqual({ due: 0 });
});

test('what is so already is refused in a sentence, as is who only audits', async () => {
  await keepFor(30);
  expect((await keepFor(30)).body['detail']).toBe('Events are kept for 30 days already');
  const auditor = await newPerson(app, workspaceId, 'auditor');
  expect((await ask(app, 'PUT /audit/retention', { as: auditor.as, body: { days: 40 } })).status).toBe(403);
  expect((await ask(app, 'GET /audit/retention', { as: auditor.as })).body).toEqual({ days: 30, due: 0 });
});
