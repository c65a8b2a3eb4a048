import { setTimeout as sleep } from 'node:timers/promises';
import { allRoutes, apiPrefix } from '@clawster/contract/api';
import type { Role } from '@clawster/contract/permission';
import { totpCode } from '@clawster/control-plane/second-factor/totp';
import { forgetCallers } from '@clawster/control-plane/session/caller-cache';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { TestAuthenticator } from './test-authenticator.ts';
import { ask, newPerson, password, type TestPerson } from './test-people.ts';

const origin = 'http://localhost:4500';
let app: TestApp;
let workspaceId: string;
let ada: TestPerson;
beforeAll(async () => {
  app = await testApp({ publicUrl: origin });
});
afterAll(() => app.close());
beforeEach(async () => {
  workspaceId = await app.newWorkspace();
  ada = await newPerson(app, workspaceId, 'owner');
});

const own = (line: Parameters<typeof ask>[1], body?: unknown, who = ada) =>
  ask(app, line, { as: { ...who.as, origin }, ...(body ? { body } : {}) });
const require = (requiredOf: string, who = ada) => own('PATCH /workspace/settings/second-factor', { requiredOf }, who);
const missing = async (who = ada) =>
  (await own('GET /session', undefined, who)).body['missingFactor'] as
    | { dueAt: string; isOverdue: boolean }
    | undefined;
const hoursLeft = async (who = ada) => {
  const due = await missing(who);
  return due && Math.round((Date.parse(due.dueAt) - Date.now()) / 3_600_000);
};

/** As if so much time had passed for everyone of the workspace. */
async function pass(time: string): Promise<void> {
  await app.database.rows(`
    update workspace set second_factor_required_since = second_factor_required_since - interval '${time}' where id = '${workspaceId}';
    update membership set role_since = role_since - interval '${time}', created_at = created_at - interval '${time}'
      where workspace_id = '${workspaceId}'`);
  forgetCallers(app.plane);
}

async function addTotp(who = ada): Promise<void> {
  const { body } = await own('POST /account/totp', { password }, who);
  const code = totpCode(body['secret'] as string, new Date());
  expect((await own('POST /account/totp/confirm', { code }, who)).status).toBe(200);
}

async function addPasskey(who = ada): Promise<string> {
  const options = (await own('POST /account/passkeys/options', { password }, who)).body;
  const credential = new TestAuthenticator(origin).create(options as never);
  const { body } = await own('POST /account/passkeys', { name: 'Laptop', credential }, who);
  return (body['passkey'] as { id: string }).id;
}

/** What remains to someone who must add a factor; public routes ask nobody who they are. */
const open = [
  'sessions.current',
  'sessions.signOut',
  'sessions.switch',
  'workspaces.list',
  'account.factors',
  'account.offerTotp',
  'account.confirmTotp',
  'account.makeRecoveryCodes',
  'passkeys.list',
  'passkeys.offer',
  'passkeys.add',
];

describe('whoever a second factor is required of', () => {
  test('has a day to add one, and is let through meanwhile', async () => {
    expect(await hoursLeft()).toBe(24);
    await pass('23 hours');
    expect(await hoursLeft()).toBe(1);
    expect((await own('GET /people')).status).toBe(200);
  });

  test('is then let into no route but those to add one, to see who they are and to sign out', async () => {
    await pass('25 hours');
    expect(await missing()).toMatchObject({ isOverdue: true });
    const letIn: string[] = [];
    for (const { name, route } of allRoutes().toSorted((one) => Number(one.name === 'sessions.signOut') - 1)) {
      if (route.permission === 'public' || name === 'sessions.signOut') continue;
      const reads = route.method === 'GET' || route.method === 'DELETE';
      const path = route.path.replace(/\{\w+\}/g, '00000000-0000-4000-8000-00000000000f');
      const response = await fetch(`${app.url}${apiPrefix}${path}`, {
        method: route.method,
        headers: { ...ada.as, ...(reads ? {} : { 'content-type': 'application/json' }) },
        ...(reads ? {} : { body: '{}' }),
      });
      const text = await response.text();
      if (response.status !== 403) letIn.push(name);
      else expect(text).toContain('requires a second factor of you');
    }
    expect([...letIn, 'sessions.signOut'].toSorted()).toEqual(open.toSorted());
    expect((await own('DELETE /session')).status).toBe(200);
  });

  test('may sign in when the day is over, and goes on as soon as an app or a passkey is added', async () => {
    const grace = await newPerson(app, workspaceId, 'owner');
    await pass('25 hours');
    const { session } = await ask(app, 'POST /sessions', { body: { email: ada.email, password } });
    ada = { ...ada, as: { cookie: session } };
    expect((await own('GET /people')).status).toBe(403);
    await addTotp();
    await addPasskey(grace);
    for (const who of [ada, grace]) {
      expect((await own('GET /people', undefined, who)).status).toBe(200);
      expect(await missing(who)).toBeUndefined();
    }
  });

  test('loses open streams when the day is over', async () => {
    await pass('24 hours');
    await app.database.rows(
      `update workspace set second_factor_required_since = now() - interval '24 hours' + interval '2 seconds' where id = '${workspaceId}'`,
    );
    forgetCallers(app.plane);
    const stream = await fetch(`${app.url}${apiPrefix}/events/stream`, { headers: ada.as });
    expect(stream.status).toBe(200);
    const ended = stream.text().then(() => 'ended');
    expect(await Promise.race([ended, sleep(6_000, 'open', { ref: false })])).toBe('ended');
    expect((await fetch(`${app.url}${apiPrefix}/events/stream`, { headers: ada.as })).status).toBe(403);
  });

  test('has keys that work on: they are for programs', async () => {
    const { body } = await own('POST /api-keys', { name: 'CI', role: 'owner' });
    await pass('25 hours');
    const as = { authorization: `Bearer ${String(body['value'])}` };
    expect((await ask(app, 'GET /people', { as })).status).toBe(200);
    expect((await own('GET /api-keys')).status).toBe(403);
  });

  test('does not remove the last one, and may remove one of two', async () => {
    await addTotp();
    const refused = await own('POST /account/totp/removal', { password });
    expect([refused.status, refused.body.detail]).toEqual([422, expect.stringContaining('add another first')]);
    const id = await addPasskey();
    const both = await Promise.all([
      own('POST /account/totp/removal', { password }),
      own(`POST /account/passkeys/${id}/removal`, { password }),
    ]);
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 422]);
    expect(await missing()).toBeUndefined();
    await require('nobody');
    const left = both[0]?.status === 200 ? `POST /account/passkeys/${id}/removal` : 'POST /account/totp/removal';
    expect((await own(left as Parameters<typeof ask>[1], { password })).status).toBe(200);
  });
});

describe('of whom it is required', () => {
  test('is owners at first: others have no day, until they become one', async () => {
    const grace = await newPerson(app, workspaceId, 'admin');
    expect(await missing(grace)).toBeUndefined();
    await pass('25 hours');
    expect((await own('GET /people', undefined, grace)).status).toBe(200);
    await addTotp();
    await own(`PATCH /people/${grace.id}`, { role: 'owner' });
    expect(await hoursLeft(grace)).toBe(24);
  });

  test('is decided by owners alone, is told, and gives those who have none a day', async () => {
    const others = await Promise.all((['admin', 'viewer'] as Role[]).map((role) => newPerson(app, workspaceId, role)));
    for (const other of others) expect((await require('nobody', other)).status).toBe(403);
    const key = { authorization: `Bearer ${await app.keyOf(workspaceId, 'admin')}` };
    const asked = { as: key, body: { requiredOf: 'nobody' } };
    expect((await ask(app, 'PATCH /workspace/settings/second-factor', asked)).status).toBe(403);
    await pass('23 hours');
    expect((await require('owners')).status).toBe(409);
    expect((await require('everyone')).body).toMatchObject({ secondFactor: { requiredOf: 'everyone' } });
    for (const other of [ada, ...others]) expect(await hoursLeft(other)).toBe(24);
    expect((await require('nobody')).status).toBe(200);
    for (const other of [ada, ...others]) expect(await missing(other)).toBeUndefined();
    expect((await own('GET /workspace/settings')).body).toMatchObject({ secondFactor: { requiredOf: 'nobody' } });
    const { body } = await own('GET /events?type=workspace-second-factor-changed');
    expect(body.items?.map(({ detail }) => detail)).toEqual([
      { from: 'everyone', to: 'nobody' },
      { from: 'owners', to: 'everyone' },
    ]);
  });

  test('is the business of each workspace alone', async () => {
    const grace = await newPerson(app, await app.newWorkspace(), 'viewer');
    await require('everyone');
    expect(await missing(grace)).toBeUndefined();
  });
});
