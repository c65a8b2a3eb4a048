import { dumpAll } from '@clawster/control-plane/testing';
import { warnOfDueSecrets } from '@clawster/control-plane/secret/warn-of-due';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startModelProvider, type TestProvider } from '../testing/model-provider.ts';
import { type TestApp, testApp } from './test-app.ts';
import { asking, type Body, type Credential } from './test-people.ts';

let app: TestApp;
let as: Credential;
let workspaceId: string;
let provider: TestProvider;
beforeAll(async () => {
  app = await testApp();
  provider = await startModelProvider('first-key', 'second-key');
});
beforeEach(async () => {
  workspaceId = await app.newWorkspace();
  as = { cookie: await app.cookieOf(workspaceId, 'owner') };
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

const { asked, done } = asking(() => ({ app, as }));
const newConnector = (fields: Body = {}) =>
  done('POST /connectors', {
    name: 'House',
    provider: 'openai-compatible',
    baseUrl: provider.baseUrl,
    model: 'small',
    apiKey: 'first-key',
    ...fields,
  });
const secretsNow = async () => (await done('GET /secrets')).items ?? [];

test('a secret is kept under a name, and no answer, event, log or row holds its value', async () => {
  const value = 'a value that must not be seen';
  const secret = await done('POST /secrets', { name: 'Slack token', value, note: 'For support', rotateDays: 90 });
  expect(secret).toMatchObject({ name: 'Slack token', version: 1, uses: [], botCount: 0, rotateDays: 90 });
  expect(secret['dueAt']).toBeDefined();
  const told = [
    JSON.stringify([secret, await done('GET /secrets'), await done(`GET /secrets/${String(secret['id'])}`)]),
    JSON.stringify(await done('GET /events')),
    ...app.logged,
    ...(await dumpAll(app.plane)),
  ];
  const forms = [value, Buffer.from(value).toString('hex'), Buffer.from(value).toString('base64')];
  expect(told.filter((text) => forms.some((form) => text.includes(form)))).toEqual([]);
});

test('two secrets have not one name, and what is asked wrongly is told', async () => {
  await done('POST /secrets', { name: 'Token', value: 'x' });
  const again = await asked('POST /secrets', { name: 'token', value: 'y' });
  expect([again.status, again.body.detail]).toEqual([409, expect.stringContaining('already')]);
  expect((await asked('POST /secrets', { name: 'Empty', value: '  ' })).status).toBe(400);
  expect(await secretsNow()).toHaveLength(1);
});

test('the key of a connector is a secret of that name, and a new key is another version of it', async () => {
  const connector = await newConnector();
  const [secret] = await secretsNow();
  expect(secret).toMatchObject({
    name: 'House API key',
    version: 1,
    uses: [{ kind: 'connector', id: connector['id'], name: 'House', field: 'api-key' }],
  });
  await done('POST /bots', { name: 'Ada', connectorId: connector['id'], start: false });
  await done(`PATCH /connectors/${String(connector['id'])}`, { apiKey: 'second-key' });
  const shown = await done(`GET /secrets/${String(secret?.['id'])}`);
  expect(shown).toMatchObject({ version: 2, botCount: 1 });
  expect(shown['versions']).toMatchObject([
    { version: 2, state: 'current' },
    { version: 1, state: 'former' },
  ]);
});

test('keys of connectors with one long name but for its end have names of their own', async () => {
  const long = 'A provider whose name is as long as the name of a provider may be at most, ';
  for (const end of ['one', 'two']) await newConnector({ name: `${long}${end}` });
  const names = (await secretsNow()).map(({ name }) => String(name));
  expect([new Set(names).size, names.every((name) => name.length <= 80)]).toEqual([2, true]);
});

test('a secret that is used is not deleted; a connector that goes takes its own with it', async () => {
  const connector = await newConnector();
  const id = String((await secretsNow())[0]?.['id']);
  const used = await asked(`DELETE /secrets/${id}`);
  expect([used.status, used.body.detail]).toEqual([409, 'House uses this secret: give it another one first']);
  await done(`DELETE /connectors/${String(connector['id'])}`);
  expect(await secretsNow()).toEqual([]);
  expect(await app.database.rows(`select id from secret where workspace_id = '${workspaceId}'`)).toEqual([]);
  const [gone] = (await done('GET /events?type=secret-deleted')).items ?? [];
  expect(gone).toMatchObject({ subjectName: 'House API key' });
});

test('that a secret is to be replaced is told once, and once more of the next version', async () => {
  const { id } = await done('POST /secrets', { name: 'Token', value: 'x', expiresAt: '2030-01-15T00:00:00Z' });
  const told = async () => (await done('GET /events?type=secret-due')).items?.map(({ subjectName }) => subjectName);
  await warnOfDueSecrets(app.plane);
  expect(await told()).toEqual([]);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  await done(`PATCH /secrets/${String(id)}`, { expiresAt: tomorrow });
  await warnOfDueSecrets(app.plane);
  await warnOfDueSecrets(app.plane);
  expect(await told()).toEqual(['Token']);
  await done(`POST /secrets/${String(id)}/rotations`, { value: 'y', expiresAt: tomorrow });
  await warnOfDueSecrets(app.plane);
  expect(await told()).toEqual(['Token', 'Token']);
});

test('a secret without an end and without a schedule is never told as to be replaced', async () => {
  await done('POST /secrets', { name: 'Token', value: 'x' });
  await done('POST /secrets', { name: 'Yearly', value: 'x', rotateDays: 365 });
  await warnOfDueSecrets(app.plane);
  expect((await done('GET /events?type=secret-due')).items).toEqual([]);
});

test('a schedule and an end are set and taken away, and a new name is told with the old one', async () => {
  const { id } = await done('POST /secrets', { name: 'Token', value: 'x' });
  const ends = await done(`PATCH /secrets/${String(id)}`, {
    name: 'Bot token',
    expiresAt: '2030-01-15T00:00:00Z',
    rotateDays: 3_000,
  });
  expect(ends).toMatchObject({ name: 'Bot token', dueAt: '2030-01-01T00:00:00.000Z' });
  const without = await done(`PATCH /secrets/${String(id)}`, { expiresAt: null, rotateDays: null });
  expect(without['dueAt']).toBeUndefined();
  const [, first] = (await done('GET /events?type=secret-updated')).items ?? [];
  expect(JSON.stringify(first)).toContain('Bot token');
});
