import { randomBytes } from 'node:crypto';
import { whyNotOpenSecrets } from '@clawster/control-plane/secret/check-keys';
import { keyWrapper } from '@clawster/control-plane/secret/key-wrapper';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testApp, type TestApp } from './http/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
  await app.newWorkspace();
});
afterAll(() => app.close());

test('the key that wrapped the data keys opens the secrets', async () =>
  expect(await whyNotOpenSecrets(app.plane)).toBeUndefined());

test('another key is told before anything runs with it, and which one is missing', async () =>
  expect(await whyNotOpenSecrets({ db: app.plane.db, keys: keyWrapper(randomBytes(32)) })).toMatch(
    new RegExp(`encrypted with the key ${app.plane.keys.id}.*Put the right key file back`),
  ));
