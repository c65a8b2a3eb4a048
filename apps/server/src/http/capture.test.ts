import { captureUsual } from '@clawster/contract/capture';
import { captureOf } from '@clawster/control-plane/capture/capture-of';
import { keep } from '@clawster/control-plane/change';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { asking, newPerson, type TestPerson } from './test-people.ts';

let app: TestApp;
let workspaceId: string;
let who: TestPerson;
beforeAll(async () => {
  app = await testApp();
});
beforeEach(async () => {
  workspaceId = await app.newWorkspace();
  who = await newPerson(app, workspaceId, 'owner');
});
afterAll(() => app.close());

const { asked, done } = asking(() => ({ app, as: who.as }));
const toldTo = (capture: 'inherit' | 'off' | 'full', workspace = workspaceId) =>
  keep(app.plane, (tx) => captureOf(tx, { workspaceId: workspace, spec: { capture } }));
const newBot = async (name: string, more: Record<string, unknown> = {}) =>
  String((await done('POST /bots', { name, start: false, ...more }))['id']);
const generationOf = async (id: string) => Number((await done(`GET /bots/${id}`))['generation']);

test('counts and who wrote are kept until somebody says otherwise, and that is in the trail with how it was before', async () => {
  expect(await done('GET /capture-policy')).toEqual({ ...captureUsual, bots: 0 });
  const policy = { mode: 'redacted', keepDays: 7, people: 'pseudonyms' };
  expect(await done('PUT /capture-policy', policy)).toEqual({ ...policy, bots: 0 });
  expect((await asked('PUT /capture-policy', policy)).body.detail).toBe('It is kept so already');
  const { items = [] } = await done('GET /events?type=capture-policy-changed');
  expect(items.map(({ detail }) => detail)).toEqual([
    {
      changed: ['mode', 'keepDays'],
      before: { mode: 'metadata', keepDays: 30 },
      after: { mode: 'redacted', keepDays: 7 },
    },
  ]);
});

test('bots that keep to it are told; one with a mode of its own only when people are told otherwise; none of how long it is kept', async () => {
  const ada = await newBot('ada');
  const bob = await newBot('bob', { capture: 'off' });
  const before = [await generationOf(ada), await generationOf(bob)] as const;
  const raised = async () => [(await generationOf(ada)) - before[0], (await generationOf(bob)) - before[1]];
  expect(await done('GET /capture-policy')).toMatchObject({ bots: 1 });
  await done('PUT /capture-policy', { ...captureUsual, mode: 'full' });
  expect(await raised()).toEqual([1, 0]);
  await done('PUT /capture-policy', { ...captureUsual, mode: 'full', keepDays: 7 });
  expect(await raised()).toEqual([1, 0]);
  await done('PUT /capture-policy', { ...captureUsual, mode: 'full', people: 'names' });
  expect(await raised()).toEqual([2, 1]);
});

test("a bot's own mode is changed as the rest of it, and goes before the workspace's", async () => {
  const ada = await newBot('ada');
  await done(`PATCH /bots/${ada}`, { capture: 'full' });
  expect(await done(`GET /bots/${ada}`)).toMatchObject({ spec: { capture: 'full' } });
  expect([(await toldTo('inherit')).mode, (await toldTo('full')).mode]).toEqual(['metadata', 'full']);
});

test('a workspace has one key for its pseudonyms, of its own, which no answer has in it', async () => {
  const [one, again] = await Promise.all([toldTo('inherit'), toldTo('inherit')]);
  expect(again.pseudonymKey).toBe(one.pseudonymKey);
  expect(one.pseudonymKey.length).toBe(43);
  expect((await toldTo('inherit', await app.newWorkspace())).pseudonymKey).not.toBe(one.pseudonymKey);
  expect(JSON.stringify(await done('GET /capture-policy'))).not.toContain(one.pseudonymKey);
});

test('who may only look may not change it', async () => {
  who = await newPerson(app, workspaceId, 'auditor');
  expect((await asked('GET /capture-policy')).status).toBe(200);
  expect((await asked('PUT /capture-policy', { ...captureUsual, mode: 'full' })).status).toBe(403);
});

test.each([[{ mode: 'everything' }], [{ keepDays: 8 }], [{ people: 'faces' }]])('%j is refused', async (change) => {
  expect((await asked('PUT /capture-policy', { ...captureUsual, ...change })).status).toBe(400);
});
