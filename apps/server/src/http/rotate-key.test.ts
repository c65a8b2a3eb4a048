import { eventHubOf } from '@clawster/control-plane/event/event-hub';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { ask, attempts, type Credential, newPerson, type TestPerson, soonMs } from './test-people.ts';

let app: TestApp;
let workspaceId: string;
let owner: TestPerson;
beforeAll(async () => {
  app = await testApp();
  await eventHubOf(app.plane).start();
});
beforeEach(async () => {
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
});
afterAll(() => app.close());

type Key = { id: string; as: Credential; apiKey: Record<string, unknown> };
function keyIn(body: Record<string, unknown>): Key {
  const apiKey = body['apiKey'] as Record<string, unknown>;
  return { id: String(apiKey['id']), as: { authorization: `Bearer ${String(body['value'])}` }, apiKey };
}
async function keyOf(as: Credential, body: Record<string, unknown>): Promise<Key> {
  const made = await ask(app, 'POST /api-keys', { as, body: { name: 'ci', ...body } });
  expect(made.status, made.body.detail).toBe(200);
  return keyIn(made.body);
}
const rotate = (as: Credential, id: string, overlapHours?: number) =>
  ask(app, `POST /api-keys/${id}/rotate`, { as, body: overlapHours === undefined ? {} : { overlapHours } });
const statusOf = async (as: Credential) => (await ask(app, 'GET /session', { as })).status;
/** The callers of the last second are kept, so that what is pretended in the database shows after that. */
const pretend = async (statement: string) => {
  await app.database.rows(statement);
  await new Promise((resolve) => setTimeout(resolve, 1_050));
};

test('a key gets a new value for the same, and the old one is good until the overlap ends', async () => {
  const bots = { labels: { team: 'support' } };
  const old = await keyOf(owner.as, { role: 'operator', scopes: ['bot:read'], bots, expiresInDays: 30 });
  await app.database.rows(
    `update api_key set created_at = created_at - interval '29 days', expires_at = expires_at - interval '29 days' where id = '${old.id}'`,
  );
  const answer = await rotate(owner.as, old.id);
  expect(answer.status, answer.body.detail).toBe(200);
  const fresh = keyIn(answer.body);
  expect(fresh.apiKey).toMatchObject({ name: 'ci', role: 'operator', scopes: ['bot:read'], bots });
  const daysLeft = (Date.parse(String(fresh.apiKey['expiresAt'])) - Date.now()) / 86_400_000;
  expect(daysLeft).toBeCloseTo(30, 1);
  expect([await statusOf(old.as), await statusOf(fresh.as)]).toEqual([200, 200]);

  const listed = (await ask(app, 'GET /api-keys', { as: owner.as })).body.items ?? [];
  const until = String(listed.find(({ id }) => id === old.id)?.['expiresAt']);
  expect(listed.find(({ id }) => id === old.id)).toMatchObject({ replacedBy: fresh.id });
  expect(Math.abs(Date.parse(until) - Date.now() - 24 * 3_600_000)).toBeLessThan(60_000);
  const told = await ask(app, 'GET /events?type=api-key-rotated', { as: owner.as });
  expect(told.body.items).toMatchObject([{ subjectId: old.id, detail: { replacedBy: fresh.id, goodUntil: until } }]);

  await pretend(`update api_key set expires_at = expires_at - interval '24 hours' where id = '${old.id}'`);
  expect([await statusOf(old.as), await statusOf(fresh.as)]).toEqual([401, 200]);
});

test('the overlap never makes a key last longer', async () => {
  const old = await keyOf(owner.as, { role: 'viewer', expiresInDays: 1 });
  await rotate(owner.as, old.id, 168);
  const listed = (await ask(app, 'GET /api-keys', { as: owner.as })).body.items ?? [];
  expect(listed.find(({ id }) => id === old.id)?.['expiresAt']).toBe(old.apiKey['expiresAt']);
});

test('without an overlap the old value ends at once, with what it has open', async () => {
  const old = await keyOf(owner.as, { role: 'operator' });
  const stream = await fetch(`${app.url}/api/v1/events/stream`, { headers: old.as });
  const ended = stream.text().then(() => 'ended');
  expect((await rotate(old.as, old.id, 0)).status).toBe(200);
  expect(await statusOf(old.as)).toBe(401);
  expect(await Promise.race([ended, new Promise((done) => setTimeout(() => done('open'), soonMs))])).toBe('ended');
});

test('of two who rotate a key at once one gets a value', async () => {
  for (let round = 0; round < 6; round += 1) {
    const { id } = await keyOf(owner.as, { role: 'viewer' });
    const answers = await Promise.all([rotate(owner.as, id), rotate(owner.as, id), rotate(owner.as, id, 0)]);
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
  }
});

describe('is refused', () => {
  test.each([
    ['a revoked key', `revoked_at = now()`, 'is revoked'],
    ['an expired one', `expires_at = now()`, 'has expired'],
  ])('for %s', async (_, change, sentence) => {
    const { id } = await keyOf(owner.as, { role: 'viewer' });
    await app.database.rows(`update api_key set ${change} where id = '${id}'`);
    const { status, body } = await rotate(owner.as, id);
    expect({ status, detail: body.detail }).toMatchObject({ status: 422, detail: expect.stringContaining(sentence) });
  });

  test('for an overlap of more than a week', async () => {
    const { id } = await keyOf(owner.as, { role: 'viewer' });
    expect((await rotate(owner.as, id, 169)).status).toBe(400);
  });

  test('to whoever could not make that key now, and for another person’s', async () => {
    const { refused, told } = attempts('rotating keys');
    const admin = await newPerson(app, workspaceId, 'admin');
    const grace = await newPerson(app, workspaceId, 'operator');
    const theirs = await keyOf(grace.as, { role: 'operator' });
    await refused(rotate(admin.as, theirs.id), rotate(owner.as, theirs.id));
    const account = await ask(app, 'POST /service-accounts', { as: owner.as, body: { name: 'all', role: 'owner' } });
    const key = await keyOf(owner.as, { role: 'viewer', serviceAccountId: account.body['id'] });
    const auditor = await newPerson(app, workspaceId, 'auditor');
    await refused(...[admin, auditor, grace].map(({ as }) => rotate(as, key.id)));
    const narrow = await keyOf(grace.as, { role: 'operator', scopes: ['bot:read', 'api-key:own'] });
    await refused(rotate(narrow.as, theirs.id));
    expect(told()).toEqual({ tried: 6, letIn: 0 });
    expect(keyIn((await rotate(owner.as, key.id)).body).apiKey).toMatchObject({ serviceAccount: { name: 'all' } });
  });
});
