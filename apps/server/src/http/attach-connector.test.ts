import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startModelProvider, type TestProvider } from '../testing/model-provider.ts';
import { type TestApp, testApp } from './test-app.ts';
import { ask, asking, type Body, type Credential, newPerson, type TestPerson } from './test-people.ts';

let app: TestApp;
let as: Credential;
let owner: TestPerson;
let workspaceId: string;
let provider: TestProvider;
let house: string;
beforeAll(async () => {
  app = await testApp();
  provider = await startModelProvider('first-key');
});
beforeEach(async () => {
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
  ({ as } = owner);
  house = await newConnector();
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

const { asked, done } = asking(() => ({ app, as }));
const newConnector = async (name = 'House') =>
  String(
    (
      await done('POST /connectors', {
        name,
        provider: 'openai-compatible',
        baseUrl: provider.baseUrl,
        model: 'small',
        apiKey: 'first-key',
      })
    )['id'],
  );
const newBot = async (name: string, labels: Body = {}) =>
  String((await done('POST /bots', { name, labels, start: false }))['id']);
const attach = (body: Body, connectorId = house) => asked(`POST /connectors/${connectorId}/attachments`, body);
const usedBy = async (botId: string) => {
  const { connectorName, spec, generation } = await done(`GET /bots/${botId}`);
  return [connectorName, (spec as Body)['model'], generation];
};

test('bots with some labels get it in one go, each with a revision and an event; others are left alone', async () => {
  const [ada, bob, eve] = [
    await newBot('Ada', { team: 'support' }),
    await newBot('Bob', { team: 'support' }),
    await newBot('Eve'),
  ];
  const { status, body } = await attach({ selector: { team: 'support' } });
  expect([status, body]).toMatchObject([200, { concerned: 2, changed: 2, hot: 2, restart: 0, refused: 0 }]);
  expect((body['bots'] as Body[])[0]).toMatchObject({
    botName: 'Ada',
    changes: expect.arrayContaining([{ path: 'connector', before: 'Demo model', after: 'House', reload: 'hot' }]),
  });
  for (const id of [ada, bob]) expect(await usedBy(id)).toEqual(['House', 'small', 2]);
  expect((await usedBy(eve))[0]).not.toBe('House');
  const [revision, first] = (await done(`GET /bots/${ada}/revisions`)).items ?? [];
  expect([revision, first]).toMatchObject([{ number: 2, cause: { kind: 'connector', name: 'House' } }, { number: 1 }]);
  const before = await done(`GET /bots/${ada}/revisions/1`);
  expect((before['spec'] as Body)['connectorId']).not.toBe(house);
  const events = (await done('GET /events?limit=50')).items ?? [];
  expect(events.filter(({ type }) => type === 'bot-reconfigured').map(({ subjectName }) => subjectName)).toHaveLength(
    2,
  );
  expect(events.find(({ type }) => type === 'connector-attached')).toMatchObject({
    subjectName: 'House',
    detail: { labels: { team: 'support' }, bots: 2 },
  });
});

test('asked again it changes nothing; another model of it is a change', async () => {
  const ada = await newBot('Ada');
  await attach({ botIds: [ada] });
  expect((await attach({ botIds: [ada] })).body).toMatchObject({ concerned: 1, changed: 0 });
  expect(await usedBy(ada)).toEqual(['House', 'small', 2]);
  expect((await attach({ botIds: [ada], model: 'large' })).body).toMatchObject({ concerned: 1, changed: 1 });
  expect((await attach({ botIds: [ada] })).body).toMatchObject({ changed: 0 });
  expect(await usedBy(ada)).toEqual(['House', 'large', 3]);
});

test('a dry run tells what the change then does, and changes nothing', async () => {
  const ada = await newBot('Ada');
  const told = await attach({ botIds: [ada], dryRun: true });
  expect((await usedBy(ada))[2]).toBe(1);
  expect((await done('GET /events?type=connector-attached')).items).toEqual([]);
  expect((await attach({ botIds: [ada] })).body).toEqual(told.body);
  expect((await usedBy(ada))[2]).toBe(2);
});

test('when one bot cannot be changed now none is, and it is named', async () => {
  const [ada, bob] = [await newBot('Ada'), await newBot('Bob')];
  const operationId = randomUUID();
  await app.database.rows(`insert into operation (id, workspace_id, kind, bot_id, steps)
    select '${operationId}', workspace_id, 'move', id, '[]' from bot where id = '${bob}'`);
  await app.database.rows(`update bot set operation_id = '${operationId}' where id = '${bob}'`);
  const told = await attach({ botIds: [ada, bob], dryRun: true });
  expect(told.body).toMatchObject({ refused: 1 });
  const { status, body } = await attach({ botIds: [ada, bob] });
  expect([status, body.detail]).toEqual([
    422,
    expect.stringContaining('Bob cannot take this over: The bot is being moved'),
  ]);
  expect((await usedBy(ada))[2]).toBe(1);
});

test('it says which bots it is for in one way, and a model that could be', async () => {
  const ada = await newBot('Ada');
  expect((await attach({})).body.detail).toContain('one of the two');
  expect((await attach({ botIds: [ada], selector: { team: 'support' } })).body.detail).toContain('one of the two');
  expect((await attach({ botIds: [randomUUID()] })).status).toBe(404);
  expect((await attach({ botIds: [ada], model: 'a model' })).status).toBe(400);
});

test('neither a bot nor a connector of another workspace is had', async () => {
  const [ada, mine] = [await newBot('Ada'), house];
  const strangers = await app.newWorkspace();
  as = { cookie: await app.cookieOf(strangers, 'owner') };
  const theirs = await newConnector();
  expect((await attach({ botIds: [ada] }, theirs)).status).toBe(404);
  expect((await attach({ selector: { team: 'support' } }, mine)).status).toBe(404);
  ({ as } = owner);
  expect((await usedBy(ada))[2]).toBe(1);
});

test('it takes the permission to change bots, and reaches those alone that it holds for', async () => {
  const [ada, bob] = [await newBot('Ada', { team: 'support' }), await newBot('Bob')];
  await done('POST /roles', { name: 'connectors', permissions: ['connector:read', 'connector:manage', 'bot:read'] });
  const grace = await newPerson(app, workspaceId, 'connectors');
  const asGrace = (body: Body) => ask(app, `POST /connectors/${house}/attachments`, { as: grace.as, body });
  const refused = await asGrace({ botIds: [ada] });
  expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining('bot:update')]);
  await done('POST /role-bindings', { personId: grace.id, role: 'developer', bots: { labels: { team: 'support' } } });
  expect((await asGrace({ botIds: [ada, bob] })).status).toBe(404);
  expect((await asGrace({ botIds: [ada] })).body).toMatchObject({ changed: 1 });
  expect((await usedBy(bob))[2]).toBe(1);
});
