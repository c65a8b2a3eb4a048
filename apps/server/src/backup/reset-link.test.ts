import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import { type TestApp, testApp } from '../http/test-app.ts';
import { ask, newPerson } from '../http/test-people.ts';
import { writeServerFile } from '../server-file.ts';
import { makeResetLink } from './reset-link.ts';

let app: TestApp;
let folder: string;
beforeAll(async () => {
  app = await testApp();
  folder = await mkdtemp(join(tmpdir(), 'clawster-reset-'));
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

test('the machine makes a link that leads to its server', async () => {
  const owner = await newPerson(app, await app.newWorkspace(), 'owner');
  const config = parseConfig({ CLAWSTER_DATA_DIR: folder, CLAWSTER_DATABASE_URL: app.database.url });
  await writeServerFile(folder, { pid: 1, port: 4711, url: 'http://127.0.0.1:4711', version: '0', startedAt: '' });
  const made = (await makeResetLink(config, owner.email)) as { link: string; name: string };
  expect(made.name).toBe(owner.name);
  expect(made.link).toMatch(/^http:\/\/127\.0\.0\.1:4711\/reset#token=[\w-]{43}$/);
  const body = { token: made.link.split('=')[1], password: 'granite violin harbour seven' };
  expect((await ask(app, 'POST /password-resets/use', { body })).status).toBe(200);
  await expect(makeResetLink(config, 'nobody@example.com')).rejects.toThrow('Nobody with the address');
});

test('where there is no Clawster it says so', async () => {
  const config = parseConfig({ CLAWSTER_DATA_DIR: join(folder, 'none') });
  await expect(makeResetLink(config, 'ada@example.com')).rejects.toThrow('There is no Clawster in');
});
