import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { asking, type Credential } from './test-people.ts';

let app: TestApp;
let as: Credential;
beforeAll(async () => {
  app = await testApp();
  as = { cookie: await app.cookieOf(await app.newWorkspace(), 'owner') };
});
afterAll(() => app.close());

const { asked, done } = asking(() => ({ app, as }));
const newBot = async (name: string) => (await done('POST /bots', { name, start: false }))['id'] as string;
const role = (text: string) => ({ identity: { role: text } });

test('every change of what a bot should be is numbered, with who, why and what; starting and stopping it is none', async () => {
  const botId = await newBot('Ada');
  await done(`PATCH /bots/${botId}`, { settings: role('one'), reason: 'First try' });
  await done(`POST /bots/${botId}/start`);
  await done(`PATCH /bots/${botId}`, { memoryBytesMax: 3_000_000_000 });
  const { items, total } = await done(`GET /bots/${botId}/revisions`);
  expect(total).toBe(3);
  expect(items?.map(({ number, reason, current }) => [number, reason, current])).toEqual([
    [4, '', true],
    [2, 'First try', false],
    [1, '', false],
  ]);
  expect(items?.[0]).toMatchObject({ author: { kind: 'person' }, cause: { kind: 'bot' } });
  const first = await done(`GET /bots/${botId}/revisions?limit=2`);
  const second = await done(`GET /bots/${botId}/revisions?limit=2&cursor=${String(first['nextCursor'])}`);
  expect([first.items?.length, second.items?.map(({ number }) => number)]).toEqual([2, [1]]);
  const changes = await done(`GET /bots/${botId}/revisions/4/changes`);
  expect(changes).toEqual({
    since: 2,
    changes: [{ path: 'bot.memoryBytesMax', before: 2_000_000_000, after: 3_000_000_000 }],
  });
  const all = await done(`GET /bots/${botId}/revisions/4/changes?since=1`);
  expect((all['changes'] as { path: string }[]).map(({ path }) => path)).toEqual([
    'bot.memoryBytesMax',
    'files["AGENTS.md"]',
  ]);
  expect(await done(`GET /bots/${botId}/revisions/2`)).toMatchObject({ spec: { settings: role('one') } });
});

test('a bot is rolled back to what it was, whether it runs or not staying as it is', async () => {
  const botId = await newBot('Bea');
  await done(`PATCH /bots/${botId}`, { settings: role('bad'), personality: 'Rude.' });
  await done(`POST /bots/${botId}/start`);
  const bot = await done(`POST /bots/${botId}/revisions/1/roll-back`, { reason: 'It was rude' });
  expect(bot).toMatchObject({ spec: { settings: {}, personality: '', desired: 'running' }, generation: 4 });
  const { items } = await done(`GET /bots/${botId}/revisions`);
  expect(items?.[0]).toMatchObject({ number: 4, cause: { kind: 'rollback', number: 1 }, reason: 'It was rude' });
  const again = await asked(`POST /bots/${botId}/revisions/1/roll-back`, {});
  expect([again.status, again.body.detail]).toEqual([422, 'The bot itself is what it was at revision 1 already']);
  expect((await asked(`POST /bots/${botId}/revisions/9/roll-back`, {})).body.detail).toBe('This bot has no revision 9');
});

test('a revision has a name that no other of the bot has', async () => {
  const botId = await newBot('Cleo');
  await done(`PATCH /bots/${botId}`, { personality: 'Calm.' });
  expect(await done(`PUT /bots/${botId}/revisions/1/label`, { label: 'before' })).toMatchObject({ label: 'before' });
  expect((await asked(`PUT /bots/${botId}/revisions/2/label`, { label: 'Before' })).status).toBe(409);
  await done(`PUT /bots/${botId}/revisions/1/label`, { label: null });
  await done(`PUT /bots/${botId}/revisions/2/label`, { label: 'Before' });
});

test('a bot from before there were revisions gets what it was as the first, when it is first changed', async () => {
  const botId = await newBot('Dora');
  await app.database.rows(`delete from revision where bot_id = '${botId}'`);
  await done(`PATCH /bots/${botId}`, { personality: 'New.' });
  const { items } = await done(`GET /bots/${botId}/revisions`);
  expect(items?.map(({ number, cause }) => [number, cause])).toEqual([
    [2, { kind: 'bot' }],
    [1, { kind: 'first' }],
  ]);
  await done(`POST /bots/${botId}/revisions/1/roll-back`, {});
  expect(await done(`GET /bots/${botId}`)).toMatchObject({ spec: { personality: '' } });
});
