import { setTimeout as sleep } from 'node:timers/promises';
import { apiPrefix } from '@clawster/contract/api';
import type { Role } from '@clawster/contract/permission';
import { keep } from '@clawster/control-plane/change';
import { forgetCallers } from '@clawster/control-plane/session/caller-cache';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { ask, attempts, type Credential, newPerson, password, signedIn, type TestPerson } from './test-people.ts';

let app: TestApp;
let home: string;
let away: string;
/** Owner of both, signed in at home. */
let ada: TestPerson;

beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  [home, away] = [await app.newWorkspace(), await app.newWorkspace()];
  ada = await newPerson(app, home, 'owner');
  await join(ada, away, 'owner');
});

function join({ id: personId }: TestPerson, workspaceId: string, role: Role): Promise<unknown> {
  return keep(app.plane, (tx) => tx.insertInto('membership').values({ workspaceId, personId, role }).execute());
}
const own = (line: Parameters<typeof ask>[1], body?: unknown, as: Credential = ada.as) =>
  ask(app, line, { as, ...(body ? { body } : {}) });
const switchTo = (workspaceId: string, as?: Credential) => own('POST /session/workspace', { workspaceId }, as);
const whereIs = async (as: Credential) =>
  ((await own('GET /session', undefined, as)).body['workspace'] as { id: string } | undefined)?.id;

/** Goes there, and the credential to go on with. */
async function switched(workspaceId: string, as?: Credential): Promise<Credential> {
  const { status, body, session } = await switchTo(workspaceId, as);
  expect(status, body.detail).toBe(200);
  return { cookie: session };
}

const typesIn = async (workspaceId: string) =>
  (await app.database.rows(`select type from event where workspace_id = '${workspaceId}' order by id`)).map(
    ({ type }) => type,
  );

describe('the workspaces of a person', () => {
  test('are listed with their role and where they are, without those that let them in no more', async () => {
    const third = await app.newWorkspace();
    await join(ada, third, 'viewer');
    await app.database.rows(`update membership set disabled_at = now() where workspace_id = '${third}'`);
    await app.newWorkspace();
    const { items = [] } = (await own('GET /workspaces')).body;
    expect(items.map(({ id, role, current }) => ({ id, role, current }))).toEqual(
      expect.arrayContaining([
        { id: home, role: 'owner', current: true },
        { id: away, role: 'owner', current: false },
      ]),
    );
    expect(items.length).toBe(2);
  });

  test('are one of an API key: its own, also when who made it has more', async () => {
    const { body } = await own('POST /api-keys', { name: 'CI', role: 'viewer' });
    const as = { authorization: `Bearer ${String(body['value'])}` };
    const { items } = (await own('GET /workspaces', undefined, as)).body;
    expect(items).toEqual([{ id: home, name: 'Test', role: 'viewer', current: true }]);
  });
});

describe('a workspace', () => {
  test('is made by one who manages theirs: its owner, told in both, and theirs to go to', async () => {
    const made = await own('POST /workspaces', { name: '  Research ' });
    expect(made.body).toMatchObject({ name: 'Research' });
    const id = String(made.body['id']);
    expect(await typesIn(id)).toEqual(['workspace-created']);
    expect((await typesIn(home)).at(-1)).toBe('workspace-created');
    expect(await typesIn(away)).not.toContain('workspace-created');
    const there = await switched(id);
    const identity = (await own('GET /session', undefined, there)).body;
    expect(identity).toMatchObject({ workspace: { id, name: 'Research' }, role: 'owner' });
    const bot = await own('POST /bots', { name: 'Ada', start: false }, there);
    expect(bot.status, bot.body.detail).toBe(200);
  });

  test('is made by no API key, and by nobody who does not manage theirs', async () => {
    const key = { authorization: `Bearer ${await app.keyOf(home, 'owner')}` };
    const byKey = await own('POST /workspaces', { name: 'Research' }, key);
    expect([byKey.status, byKey.body.detail]).toEqual([422, expect.stringContaining('needs a person as its owner')]);
    const admin = await newPerson(app, home, 'admin');
    expect((await own('POST /workspaces', { name: 'Research' }, admin.as)).status).toBe(403);
  });

  test('is made once under an Idempotency-Key', async () => {
    const as = { ...ada.as, 'idempotency-key': 'one' };
    const [one, other] = [
      await own('POST /workspaces', { name: 'R' }, as),
      await own('POST /workspaces', { name: 'R' }, as),
    ];
    expect(one.body['id']).toBe(other.body['id']);
    expect((await own('GET /workspaces')).body.items?.length).toBe(3);
  });

  test('is renamed, with the name before told', async () => {
    expect((await own('PATCH /workspace', { name: 'Engines' })).body).toMatchObject({ id: home, name: 'Engines' });
    expect((await own('PATCH /workspace', { name: 'Engines' })).status).toBe(409);
    const [event] = (await own('GET /events?type=workspace-renamed')).body.items ?? [];
    expect(event).toMatchObject({ subjectName: 'Engines', detail: { from: 'Test', to: 'Engines' } });
    const names = (await own('GET /workspaces')).body.items?.map(({ name }) => name);
    expect(names?.toSorted()).toEqual(['Engines', 'Test']);
  });
});

describe('after a switch', () => {
  test('the old cookie opens nothing, its streams end, and both workspaces are told', async () => {
    const stream = await fetch(`${app.url}${apiPrefix}/events/stream`, { headers: ada.as });
    const ended = stream.text().then(() => 'ended');
    const there = await switched(away);
    expect(await whereIs(there)).toBe(away);
    const { refused, told } = attempts('the cookie of a session that was switched');
    for (const path of ['/session', '/bots', '/events', '/workspaces', '/people', '/events/stream'] as const)
      await refused(own(`GET ${path}`));
    await refused(switchTo(home), switchTo(away), own('POST /bots', { name: 'Eve', start: false }));
    expect(told()).toEqual({ tried: 9, letIn: 0 });
    expect(await Promise.race([ended, sleep(5_000, 'open', { ref: false })])).toBe('ended');
    expect((await typesIn(home)).at(-1)).toBe('session-closed');
    expect((await typesIn(away)).at(-1)).toBe('session-opened');
    const ownEvents = JSON.stringify((await own('GET /events?limit=200', undefined, await switched(home, there))).body);
    expect(ownEvents).not.toContain(away);
  });

  test('nothing of the other workspace is seen in lists, counts, search, events, exports and streams', async () => {
    await own('POST /bots', { name: 'Homebird', start: false, personality: 'Homebird' });
    const there = await switched(away);
    await own('POST /bots', { name: 'Awaybird', start: false }, there);
    const elsewhere = new AbortController();
    const streamed = readStream(there, elsewhere.signal);
    const other = { cookie: await signedIn(app, ada.email) };
    const back = (await whereIs(other)) === home ? other : await switched(home, other);
    await own('POST /bots', { name: 'Homebody', start: false }, back);
    await own('POST /bots', { name: 'Awayday', start: false }, there);
    const { refused, told } = attempts('what is of the other workspace');
    const wrong: string[] = [];
    const paths = [
      'bots',
      'bots?search=bird',
      'bots/counts',
      'events?limit=200',
      'events?search=bird',
      'events/export',
    ];
    paths.push('events/export?format=csv', 'operations', 'backups', 'people', 'sessions', 'api-keys');
    for (const path of paths)
      for (const [as, strange] of [
        [there, /Homebird|Homebody/],
        [back, /Awaybird|Awayday/],
      ] as const) {
        const response = await fetch(`${app.url}${apiPrefix}/${path}`, { headers: as });
        expect(response.status, path).toBe(200);
        const leaks = strange.test(await response.text());
        if (leaks) wrong.push(path);
        await refused(Promise.resolve({ status: leaks ? 200 : 404 }));
      }
    for (const as of [there, back]) expect((await own('GET /bots/counts', undefined, as)).body['total']).toBe(2);
    // As long as a busy machine takes to tell it: what is of the other workspace would have come by then.
    await sleep(3_000);
    elsewhere.abort();
    const seen = await streamed;
    await refused(Promise.resolve({ status: /Homebird|Homebody/.test(seen) ? 200 : 404 }));
    expect(seen).toContain('Awayday');
    expect(wrong).toEqual([]);
    expect(told()).toEqual({ tried: 25, letIn: 0 });
  });

  test('an Idempotency-Key of the one answers nothing in the other', async () => {
    const body = { name: 'Ada', start: false };
    const first = await own('POST /bots', body, { ...ada.as, 'idempotency-key': 'same' });
    const there = await switched(away);
    const second = await own('POST /bots', body, { ...there, 'idempotency-key': 'same' });
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body['id']).not.toBe(first.body['id']);
    expect((await own(`GET /bots/${String(first.body['id'])}`, undefined, there)).status).toBe(404);
  });

  test('signing in again opens the workspace that was used last, if it still lets them in', async () => {
    const there = await switched(away);
    await own('DELETE /session', undefined, there);
    expect(await whereIs({ cookie: await signedIn(app, ada.email) })).toBe(away);
    await app.database.rows(`update membership set disabled_at = now() where workspace_id = '${away}'`);
    expect(await whereIs({ cookie: await signedIn(app, ada.email) })).toBe(home);
  });
});

async function readStream(as: Credential, signal: AbortSignal): Promise<string> {
  const response = await fetch(`${app.url}${apiPrefix}/events/stream`, { headers: as, signal });
  let text = '';
  try {
    for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) text += part;
  } catch {
    // The test has seen enough.
  }
  return text;
}

describe('nobody is let in by a switch', () => {
  test('to a workspace that is not theirs, is none, or has disabled them: all are one sentence', async () => {
    const { refused, told } = attempts('switching to what is not theirs');
    const strange = await app.newWorkspace();
    await app.database.rows(`update membership set disabled_at = now() where workspace_id = '${away}'`);
    const sentences = new Set<string | undefined>();
    for (const id of [strange, away, '00000000-0000-4000-8000-00000000000f']) {
      const answer = switchTo(id);
      await refused(answer);
      expect((await answer).status).toBe(404);
      sentences.add((await answer).body.detail);
    }
    expect(sentences.size).toBe(1);
    const key = { authorization: `Bearer ${await app.keyOf(home, 'owner')}` };
    await refused(switchTo(away, key), switchTo(strange, key), switchTo(home), switchTo(home, {}));
    expect(told()).toEqual({ tried: 7, letIn: 0 });
    expect(await whereIs(ada.as), 'the session stays as it was').toBe(home);
  });

  test('by the provider of another workspace: it speaks for its own alone', async () => {
    const { refused, told } = attempts('going elsewhere by a workspace’s identity provider');
    await app.database.rows(`update session set by_sso = true where person_id = '${ada.id}'`);
    await refused(switchTo(away), own('POST /workspaces', { name: 'Mine' }));
    expect((await switchTo(away)).body.detail).toContain('speaks for no other workspace');
    expect((await own('GET /workspaces')).body.items?.map(({ id }) => id)).toEqual([home]);
    expect(await whereIs(ada.as)).toBe(home);
    expect(told()).toEqual({ tried: 2, letIn: 0 });
  });

  test('twice at once: one session is closed and one is opened', async () => {
    const third = await app.newWorkspace();
    await join(ada, third, 'viewer');
    const answers = await Promise.all([away, third, away, third].map((id) => switchTo(id)));
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 401, 401, 401]);
    const [{ open } = { open: 0 }] = await app.database.rows(
      `select count(*)::int as open from session where person_id = '${ada.id}' and revoked_at is null`,
    );
    expect(open).toBe(1);
  });

  test('past the end of the session they signed in with, however often they go back and forth', async () => {
    const age = (hours: number) =>
      app.database.rows(
        `update session set created_at = created_at - interval '${hours} hours', ends_at = ends_at - interval '${hours} hours'
         where person_id = '${ada.id}'`,
      );
    const third = await app.newWorkspace();
    await join(ada, third, 'viewer');
    let as = await switched(third);
    await age(11);
    as = await switched(home, await switched(third, await switched(away, as)));
    as = await switched(third, as);
    expect(await whereIs(as)).toBe(third);
    await age(2);
    forgetCallers(app.plane);
    expect(await whereIs(as), 'a viewer’s own session would last for a month').toBeUndefined();
  });

  test('from a long session into a workspace whose sessions end sooner: they sign in again', async () => {
    const third = await app.newWorkspace();
    const grace = await newPerson(app, third, 'viewer');
    await join(grace, home, 'owner');
    await app.database.rows(
      `update session set created_at = now() - interval '2 days' where person_id = '${grace.id}'`,
    );
    const refused = await switchTo(home, grace.as);
    expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining('too long ago')]);
    expect(await whereIs(grace.as)).toBe(third);
  });

  test('without the second factor that the workspace requires: the day is over there, and not here', async () => {
    const overdue = `update workspace set second_factor_required_since = now() - interval '2 days' where id = '${away}';
      update membership set role_since = now() - interval '2 days' where workspace_id = '${away}'`;
    await app.database.rows(overdue);
    const there = await switched(away);
    expect((await own('GET /session', undefined, there)).body['missingFactor']).toMatchObject({ isOverdue: true });
    const { refused, told } = attempts('a workspace that requires a second factor');
    for (const path of ['/bots', '/events', '/people', '/sessions'] as const)
      await refused(own(`GET ${path}`, undefined, there));
    await refused(own('POST /workspaces', { name: 'Way out' }, there));
    expect(told().letIn).toBe(0);
    const back = await switched(home, there);
    expect((await own('GET /bots', undefined, back)).status).toBe(200);
  });
});

test('a changed passphrase closes the sessions in every workspace, also one that moves meanwhile', async () => {
  const { told, refused } = attempts('sessions older than the passphrase');
  const moving = { cookie: await signedIn(app, ada.email) };
  const resting = await switched(away, { cookie: await signedIn(app, ada.email) });
  const moved = (async () => {
    let as = moving;
    for (let turn = 0; turn < 2_000; turn += 1) {
      const answer = await switchTo(turn % 2 ? home : away, as);
      if (answer.status !== 200) return { as, turns: turn, status: answer.status };
      as = { cookie: answer.session };
    }
    throw new Error('It was never closed');
  })();
  const newPassword = 'granite violin harbour seven';
  expect((await own('POST /account/password', { password, newPassword })).status).toBe(200);
  const { as, turns, status } = await moved;
  expect(turns).toBeGreaterThan(0);
  expect(status).toBe(401);
  await refused(own('GET /session', undefined, as), own('GET /session', undefined, resting));
  expect(told()).toEqual({ tried: 2, letIn: 0 });
  expect(await whereIs(ada.as)).toBe(home);
  expect(await typesIn(away)).toContain('person-password-changed');
});
