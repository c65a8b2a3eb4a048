import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { ask, asking, newPerson, type TestPerson } from './test-people.ts';

let app: TestApp;
let owner: TestPerson;
let botId: string;
const { asked, done } = asking(() => ({ app, as: owner.as }));

beforeAll(async () => {
  app = await testApp();
  owner = await newPerson(app, await app.newWorkspace(), 'owner');
  botId = String((await done('POST /bots', { name: 'Ada', start: false }))['id']);
});
afterAll(() => app.close());

const urls = async (at: string) => (await done(`GET /link-outs/at?${at}`)).items?.map(({ url }) => url);

test('links are shown where all that they name is known, filled in', async () => {
  const made = await done('POST /link-outs', {
    name: 'Langfuse',
    url: 'https://langfuse.example.com/traces/{otelTraceId}',
  });
  await done('POST /link-outs', {
    name: 'Grafana',
    url: 'https://grafana.example.com/d/1?bot={botName}&session={session}&from={from}',
  });
  const trace = createHash('sha256').update('run-1').digest('hex').slice(0, 32);
  expect(await urls('traceId=run-1')).toEqual([`https://langfuse.example.com/traces/${trace}`]);
  expect(await urls(`botId=${botId}`)).toEqual([]);
  const from = '2026-11-27T10:00:00.000Z';
  expect(await urls(`botId=${botId}&session=agent:main%26x&from=${from}`)).toEqual([
    'https://grafana.example.com/d/1?bot=Ada&session=agent%3Amain%26x&from=2026-11-27T10%3A00%3A00.000Z',
  ]);
  await done(`PATCH /link-outs/${String(made['id'])}`, { url: 'https://elsewhere.example.com/{traceId}' });
  expect(await urls('traceId=run-1')).toEqual(['https://elsewhere.example.com/run-1']);
  await done(`DELETE /link-outs/${String(made['id'])}`);
  expect(await urls('traceId=run-1')).toEqual([]);
});

test('a link that is no address of the web is refused, and a name that is taken', async () => {
  for (const url of ['javascript:alert(1)', 'https://x.example/{token}', 'https://me:secret@x.example/']) {
    const { status, body } = await asked('POST /link-outs', { name: 'Bad', url });
    expect([status, body.issues?.[0]?.path]).toEqual([400, 'url']);
  }
  expect((await asked('POST /link-outs', { name: 'grafana', url: 'https://x.example/' })).status).toBe(409);
});

test('another workspace sees none of them, and its bots have no name here', async () => {
  const stranger = await newPerson(app, await app.newWorkspace(), 'owner');
  expect((await ask(app, 'GET /link-outs', { as: stranger.as })).body.items).toEqual([]);
  await ask(app, 'POST /link-outs', { as: stranger.as, body: { name: 'Bot', url: 'https://x.example/{botName}' } });
  expect((await ask(app, `GET /link-outs/at?botId=${botId}`, { as: stranger.as })).body.items ?? []).toEqual([]);
});
