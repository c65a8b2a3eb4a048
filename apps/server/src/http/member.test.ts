import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtInRoles } from '@clawster/contract/permission-list';
import type { Role } from '@clawster/contract/permission';
import { eventHubOf } from '@clawster/control-plane/event/event-hub';
import { isWithin, roleMatrix } from '@clawster/domain/role/role';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import {
  ask,
  attempts,
  newPerson,
  password,
  signedIn,
  type Credential,
  type TestPerson,
  soonMs,
} from './test-people.ts';

let app: TestApp;
/** Another replica on the same database. */
let other: TestApp;
let workspaceId: string;
let owner: TestPerson;
beforeAll(async () => {
  app = await testApp();
  other = await testApp({ beside: app });
  await eventHubOf(other.plane).start();
});
afterAll(async () => {
  await other.close();
  await app.close();
});
beforeEach(async () => {
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
});

const member = (role: Role) => newPerson(app, workspaceId, role);
const act = {
  remove: (by: TestPerson, who: TestPerson) => ask(app, `DELETE /people/${who.id}`, { as: by.as }),
  disable: (by: TestPerson, who: TestPerson) => ask(app, `POST /people/${who.id}/disable`, { as: by.as }),
  enable: (by: TestPerson, who: TestPerson) => ask(app, `POST /people/${who.id}/enable`, { as: by.as }),
  role: (by: TestPerson, who: TestPerson, role: Role) =>
    ask(app, `PATCH /people/${who.id}`, { as: by.as, body: { role } }),
};
const keyOf = async (by: TestPerson, role: Role) => {
  const { body } = await ask(app, 'POST /api-keys', { as: by.as, body: { name: `a key of ${role}`, role } });
  return { authorization: `Bearer ${(body as { value?: string }).value}` };
};
const roleOf = async (as: Credential, at: TestApp = app) => {
  const { status, body } = await ask(at, 'GET /session', { as });
  return status === 200 ? body['role'] : status;
};
const stream = async (at: TestApp, as: Credential) => {
  const response = await fetch(`${at.url}/api/v1/events/stream`, { headers: as });
  expect(response.status).toBe(200);
  const ended = response.text().then(() => performance.now());
  return { ended };
};
const within = (ended: Promise<number>, milliseconds: number) =>
  Promise.race([ended.then(() => 'ended'), sleep(milliseconds, 'open', { ref: false })]);

/** Whatever is done meanwhile, a transaction that began before it, of whomever, is still open. */
async function besideALongTransaction<T>(work: () => Promise<T>): Promise<T> {
  const open = await app.database.db.startTransaction().execute();
  await sql`select pg_current_xact_id()`.execute(open);
  try {
    return await work();
  } finally {
    await open.rollback().execute();
  }
}

describe.each([
  ['removed', (who: TestPerson) => act.remove(owner, who)],
  ['disabled', (who: TestPerson) => act.disable(owner, who)],
] as const)('who is %s', (_, end) => {
  test('is out within a second, on every replica: sessions, streams and the keys they made', async () => {
    const grace = await member('admin');
    const again = { cookie: await signedIn(other, grace.email) };
    const key = await keyOf(grace, 'viewer');
    const credentials = [grace.as, again, key];
    const replicas = [app, other];
    for (const at of replicas) for (const as of credentials) expect(await roleOf(as, at)).not.toBe(401);
    const streams = await Promise.all(replicas.flatMap((at) => credentials.map((as) => stream(at, as))));
    const told = await besideALongTransaction(async () => {
      const { status, body } = await end(grace);
      expect({ status, body }).toEqual({ status: 200, body: { sessions: 2, apiKeys: 1, invitations: 0 } });
      for (const as of credentials) expect(await roleOf(as)).toBe(401);
      return Promise.all(streams.map(({ ended }) => within(ended, soonMs)));
    });
    let letIn = told.filter((one) => one === 'open').length;
    for (const at of replicas) for (const as of credentials) if ((await roleOf(as, at)) !== 401) letIn += 1;
    process.stdout.write(
      `ended access: tried ${told.length + replicas.length * credentials.length}, let in ${letIn}\n`,
    );
    expect(letIn).toBe(0);
  });

  test('does not come in again, and nobody else is touched', async () => {
    const [grace, joan] = [await member('operator'), await member('operator')];
    await end(grace);
    const { status } = await ask(app, 'POST /sessions', { body: { email: grace.email, password } });
    expect([401, 403]).toContain(status);
    expect(await roleOf(joan.as)).toBe('operator');
    expect(await roleOf(owner.as)).toBe('owner');
  });
});

test('who is removed and belongs nowhere else leaves no account behind, and can be invited anew', async () => {
  const grace = await member('viewer');
  await act.remove(owner, grace);
  expect(await app.database.rows(`select id from person where id = '${grace.id}'`)).toEqual([]);
  const { status } = await ask(app, 'POST /invitations', { as: owner.as, body: { email: grace.email, role: 'admin' } });
  expect(status).toBe(200);
});

test('who is removed from one workspace stays in another', async () => {
  const grace = await member('viewer');
  const elsewhere = await app.newWorkspace();
  await app.database.rows(
    `insert into membership (workspace_id, person_id, role) values ('${elsewhere}', '${grace.id}', 'admin')`,
  );
  await act.remove(owner, grace);
  expect(await roleOf({ cookie: await signedIn(app, grace.email) })).toBe('admin');
});

test('who is enabled again comes in with the role they had; keys that were revoked stay so', async () => {
  const grace = await member('admin');
  const key = await keyOf(grace, 'viewer');
  await act.disable(owner, grace);
  expect((await act.disable(owner, grace)).status).toBe(409);
  expect((await act.enable(owner, grace)).status).toBe(200);
  expect(await roleOf({ cookie: await signedIn(app, grace.email) })).toBe('admin');
  expect([await roleOf(grace.as), await roleOf(key)]).toEqual([401, 401]);
});

test('another role holds at once here and within a second elsewhere; what stood above it ends with it', async () => {
  const grace = await member('admin');
  const keys = { admin: await keyOf(grace, 'admin'), viewer: await keyOf(grace, 'viewer') };
  const { body: invited } = await ask(app, 'POST /invitations', {
    as: grace.as,
    body: { email: `${randomUUID()}@example.com`, role: 'admin' },
  });
  const token = (invited as { link?: string }).link?.split('=')[1];
  for (const at of [app, other]) expect(await roleOf(grace.as, at)).toBe('admin');
  const streams = [await stream(app, grace.as), await stream(other, grace.as)];
  const { body } = await act.role(owner, grace, 'operator');
  expect(body).toEqual({ sessions: 0, apiKeys: 1, invitations: 1 });
  expect(await roleOf(grace.as)).toBe('operator');
  expect(await Promise.all(streams.map(({ ended }) => within(ended, soonMs)))).toEqual(['ended', 'ended']);
  expect(await roleOf(grace.as, other)).toBe('operator');
  expect((await ask(other, 'GET /service-accounts', { as: grace.as })).status).toBe(403);
  expect([await roleOf(keys.admin), await roleOf(keys.viewer)]).toEqual([401, 'viewer']);
  expect((await ask(app, 'POST /invitations/look-up', { body: { token } })).status).toBe(403);
});

test('a key that a key made ends with the person behind both', async () => {
  const grace = await member('admin');
  const first = await keyOf(grace, 'admin');
  const second = await keyOf({ ...grace, as: first }, 'viewer');
  expect(await roleOf(second)).toBe('viewer');
  expect((await act.remove(owner, grace)).body).toMatchObject({ apiKeys: 2 });
  expect(await roleOf(second)).toBe(401);
});

test('nobody decides over who stands above them, gives more than they have, or decides over themselves', async () => {
  const { refused, told } = attempts('deciding over people');
  for (const role of builtInRoles) {
    const by = await member(role);
    const manages = role === 'owner' || role === 'admin';
    for (const subject of builtInRoles) {
      const who = await member(subject);
      const isAway = !manages || !isWithin(roleMatrix[subject], roleMatrix[role]);
      const others = builtInRoles.filter(
        (one) => one !== subject && (isAway || !isWithin(roleMatrix[one], roleMatrix[role])),
      );
      await refused(...others.map((to) => act.role(by, who, to)));
      if (isAway) await refused(act.remove(by, who), act.disable(by, who), act.enable(by, who));
    }
    await refused(act.remove(by, by), act.disable(by, by));
  }
  expect(told()).toEqual({ tried: 344, letIn: 0 });
});

describe('the last owner', () => {
  test('can be neither demoted, disabled nor removed', async () => {
    const admin = await member('admin');
    for (const answer of [await act.role(owner, owner, 'admin'), await act.remove(admin, owner)])
      expect([403, 422]).toContain(answer.status);
    const second = await member('owner');
    expect((await act.disable(owner, second)).status).toBe(200);
    expect((await act.role(owner, owner, 'admin')).body.detail).toContain('last owner');
    expect((await act.remove(owner, second)).status).toBe(200);
  });

  test.each(['role', 'disable', 'remove'] as const)('stays when two end each other at once by %s', async (verb) => {
    for (let round = 0; round < 5; round += 1) {
      workspaceId = await app.newWorkspace();
      const [one, two] = [await member('owner'), await member('owner')];
      const end = (by: TestPerson, who: TestPerson) =>
        verb === 'role' ? act.role(by, who, 'viewer') : act[verb](by, who);
      const answers = await Promise.all([end(one, two), end(two, one)]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(
        await app.database.rows(
          `select role from membership where workspace_id = '${workspaceId}' and role = 'owner' and disabled_at is null`,
        ),
      ).toHaveLength(1);
    }
  });
});

test('a person of another workspace is not found', async () => {
  const stranger = await newPerson(app, await app.newWorkspace(), 'viewer');
  for (const answer of [
    await act.remove(owner, stranger),
    await act.disable(owner, stranger),
    await act.enable(owner, stranger),
    await act.role(owner, stranger, 'admin'),
  ])
    expect(answer.status).toBe(404);
  expect(await roleOf(stranger.as)).toBe('viewer');
});
