import { createHash } from 'node:crypto';
import { allRoutes, apiPrefix } from '@clawster/contract/api';
import { permissions, builtInRoles } from '@clawster/contract/permission-list';
import type { Permission } from '@clawster/contract/permission';
import type { Route } from '@clawster/contract/route';
import { roleMatrix } from '@clawster/domain/role/role';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';

let app: TestApp;
const credentials = new Map<string, Record<string, string>>();
const narrow = (scope: Permission) => `a key for ${scope} alone`;
beforeAll(async () => {
  app = await testApp();
  const workspaceId = await app.newWorkspace();
  credentials.set('anonymous', {});
  for (const role of builtInRoles) {
    credentials.set(role, { cookie: await app.cookieOf(workspaceId, role) });
    credentials.set(`a key of ${role}`, { authorization: `Bearer ${await app.keyOf(workspaceId, role)}` });
  }
  for (const scope of permissions)
    credentials.set(narrow(scope), { authorization: `Bearer ${await app.keyOf(workspaceId, 'owner', [scope])}` });
  await endSome(workspaceId);
});
afterAll(() => app.close());

/** Credentials that once let an owner in. */
const ended = ['a disabled person', 'an expired session', 'a closed session', 'an expired key', 'a revoked key'];

async function endSome(workspaceId: string): Promise<void> {
  const cookies = await Promise.all([1, 2, 3].map(() => app.cookieOf(workspaceId, 'owner')));
  const keys = await Promise.all([1, 2].map(() => app.keyOf(workspaceId, 'owner')));
  const hashOf = (text: string) => `'\\x${createHash('sha256').update(text).digest('hex')}'`;
  const [disabled, expired, closed] = cookies.map((cookie) => hashOf(cookie.split('=')[1] as string));
  await app.database.rows(`update membership set disabled_at = now()
    where person_id = (select person_id from session where token_hash = ${disabled})`);
  await app.database.rows(`update session set expires_at = now() where token_hash = ${expired}`);
  await app.database.rows(`update session set revoked_at = now() where token_hash = ${closed}`);
  await app.database.rows(`update api_key set expires_at = now() where value_hash = ${hashOf(keys[0] as string)}`);
  await app.database.rows(`update api_key set revoked_at = now() where value_hash = ${hashOf(keys[1] as string)}`);
  const all = [...cookies.map((cookie) => ({ cookie })), ...keys.map((key) => ({ authorization: `Bearer ${key}` }))];
  for (const [index, name] of ended.entries()) credentials.set(name, all[index] as Record<string, string>);
}

/** Sign-out and the like come after the others, which need their session. */
const routes = allRoutes().toSorted(
  (one, other) => Number(one.name.startsWith('sessions.sign')) - Number(other.name.startsWith('sessions.sign')),
);
const someId = '00000000-0000-4000-8000-00000000000f';

/** Asks without a usable input: whoever is let in is then told that the input is wrong, or gets an answer. */
async function statusOf(route: Route, caller: string): Promise<number> {
  const path = route.path.replace(/\{\w+\}/g, someId);
  const reads = route.method === 'GET' || route.method === 'DELETE';
  const response = await fetch(`${app.url}${apiPrefix}${path}`, {
    method: route.method,
    headers: { ...credentials.get(caller), ...(reads ? {} : { 'content-type': 'application/json' }) },
    ...(reads ? {} : { body: '{}' }),
  });
  await response.body?.cancel();
  return response.status;
}

describe.each(routes)('$name', ({ route }) => {
  const { permission } = route;
  const isNamed = permission !== 'public' && permission !== 'signed-in';

  test(`lets in exactly whom the matrix lets in (${permission})`, async () => {
    const anonymous = await statusOf(route, 'anonymous');
    // 422: no passkey is asked for at the IP address these tests run at.
    if (permission === 'public') expect([200, 400, 422]).toContain(anonymous);
    else expect(anonymous).toBe(401);
    if (permission === 'public') return;
    for (const role of builtInRoles) {
      const lets = !isNamed || roleMatrix[role].has(permission as Permission);
      for (const caller of [role, `a key of ${role}`]) {
        const status = await statusOf(route, caller);
        expect([401, 403].includes(status), `${caller}: ${status}`).toBe(!lets);
        expect(status, caller).not.toBe(500);
      }
    }
  });

  test('lets in nobody whose access has ended', async () => {
    if (permission === 'public') return;
    for (const caller of ended) expect(await statusOf(route, caller), caller).toBe(401);
  });

  test('lets an API key in for its scopes alone', async () => {
    if (!isNamed) return;
    expect([401, 403]).not.toContain(await statusOf(route, narrow(permission as Permission)));
    for (const other of permissions.filter((one) => one !== permission))
      expect(await statusOf(route, narrow(other)), other).toBe(403);
  });
});
