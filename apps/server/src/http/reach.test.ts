import { allRoutes } from '@clawster/contract/api';
import type { Labels } from '@clawster/contract/label';
import { pathParameters } from '@clawster/contract/route';
import { readAs } from '@clawster/control-plane/query';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { ask, attempts, type Body, type Credential, newPerson, type TestPerson, soonMs } from './test-people.ts';

let app: TestApp;
let workspaceId: string;
let owner: TestPerson;
/** Operator of the bots of team support, and of nothing else. */
let grace: TestPerson;
let key: Credential;
const bots = new Map<string, string>();
const idOf = (name: string) => bots.get(name) as string;

beforeAll(async () => {
  app = await testApp();
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
  await newBot(owner.as, 'Ada', { team: 'support', env: 'live' });
  await newBot(owner.as, 'Bob', { team: 'sales' });
  await newBot(owner.as, 'Eve', {});
  grace = await newPerson(app, workspaceId, 'member');
  await bind(grace, 'operator', { labels: { team: 'support' } });
  const made = await ask(app, 'POST /api-keys', {
    as: owner.as,
    body: { name: 'ada', role: 'owner', bots: { botId: idOf('Ada') } },
  });
  key = { authorization: `Bearer ${String(made.body['value'])}` };
});
afterAll(() => app.close());

async function newBot(as: Credential, name: string, labels: Labels): Promise<number> {
  const { status, body } = await ask(app, 'POST /bots', { as, body: { name, labels, start: false } });
  if (status === 200) bots.set(name, String(body['id']));
  return status;
}

async function bind(person: TestPerson, role: string, some: unknown): Promise<string> {
  const body = { personId: person.id, role, bots: some };
  const answer = await ask(app, 'POST /role-bindings', { as: owner.as, body });
  expect(answer.status, answer.body.detail).toBe(200);
  return String(answer.body['id']);
}

const namesIn = ({ items = [] }: Body) => items.map(({ name }) => name);
const subjectsIn = ({ items = [] }: Body) => new Set(items.map(({ subjectName }) => subjectName));
const callers = [
  ['a member with a role for some bots', () => grace.as],
  ['a key for one bot', () => key],
] as const;

describe.each(callers)('%s', (_, as) => {
  test('sees those in lists, counts and events, and nothing else of the workspace', async () => {
    expect(namesIn((await ask(app, 'GET /bots', { as: as() })).body)).toEqual(['Ada']);
    expect((await ask(app, 'GET /bots/counts', { as: as() })).body['total']).toBe(1);
    expect(subjectsIn((await ask(app, 'GET /events?limit=200', { as: as() })).body)).toEqual(new Set(['Ada']));
    const exported = await fetch(`${app.url}/api/v1/events/export`, { headers: as() });
    expect(await exported.text()).not.toContain(idOf('Bob'));
    for (const line of ['GET /service-accounts', 'GET /people', 'GET /audit/checkpoint'] as const)
      expect((await ask(app, line, { as: as() })).status, line).toBe(403);
  });

  test('may do with those what the role says', async () => {
    const at = `/bots/${idOf('Ada')}` as const;
    expect((await ask(app, `PATCH ${at}`, { as: as(), body: { personality: 'kind' } })).status).toBe(200);
    expect((await ask(app, `POST ${at}/start`, { as: as() })).status).toBe(200);
    expect((await ask(app, `POST ${at}/stop`, { as: as() })).status).toBe(200);
  });

  test('is told of no route that another bot is there', async () => {
    const { refused, told } = attempts('bots beyond reach');
    for (const { route } of allRoutes()) {
      if (!pathParameters(route.path).includes('botId')) continue;
      for (const name of ['Bob', 'Eve']) {
        const path = route.path
          .replace('{botId}', idOf(name))
          .replace('{turnId}', idOf(name))
          .replace('{teamId}', idOf(name))
          .replace('{number}', '1') as `/${string}`;
        const pairing = { requestId: 'x', kind: 'telegram', account: 'default', decision: 'approve' };
        const body = { name: 'Copy', labels: {}, message: 'hello', targetId: idOf(name), label: 'x', ...pairing };
        const reads = route.method === 'GET' || route.method === 'DELETE';
        const answer = ask(app, `${route.method} ${path}${reads ? '?session=x' : ''}`, {
          as: as(),
          ...(reads ? {} : { body }),
        });
        await refused(answer);
        expect([403, 404], `${route.method} ${path}`).toContain((await answer).status);
      }
    }
    expect(told()).toEqual({ tried: expect.toSatisfy((tried: number) => tried >= 40), letIn: 0 });
  });
});

test('a bot is made within reach, and stays in it', async () => {
  expect(await newBot(grace.as, 'Ida', { team: 'support' })).toBe(200);
  const { status, body } = await ask(app, 'POST /bots', {
    as: grace.as,
    body: { name: 'Max', labels: { team: 'sales' }, start: false },
  });
  expect({ status, detail: body.detail }).toMatchObject({
    status: 403,
    detail: expect.stringContaining('the bots with team=support'),
  });
  expect(namesIn((await ask(app, 'GET /bots?search=Max', { as: owner.as })).body)).toEqual([]);
  const label = await ask(app, `PUT /bots/${idOf('Ida')}/labels`, { as: grace.as, body: { labels: { team: 'x' } } });
  expect(label.status).toBe(403);
  const clone = await ask(app, `POST /bots/${idOf('Ida')}/clone`, {
    as: grace.as,
    body: { name: 'Isa', start: false },
  });
  expect(clone.body).toMatchObject({ labels: { team: 'support' } });
});

test('an emergency stop of all stops those within reach', async () => {
  const { body } = await ask(app, 'POST /fleet/halt', { as: key, body: { mode: 'stop', bots: 'all' } });
  expect(body['bots']).toBe(0);
  for (const name of ['Ada', 'Bob']) await ask(app, `POST /bots/${idOf(name)}/start`, { as: owner.as });
  const named = [idOf('Ada'), idOf('Bob')];
  const halted = await ask(app, 'POST /fleet/halt', { as: key, body: { mode: 'stop', bots: named } });
  expect(halted.body['bots']).toBe(1);
  const bob = await ask(app, `GET /bots/${idOf('Bob')}`, { as: owner.as });
  expect((bob.body['spec'] as { desired: string }).desired).toBe('running');
});

describe('each of the two walls alone holds', () => {
  test('row-level security, where a query forgets its filter', async () => {
    const reach = [{ labels: { team: 'support' } }];
    const seen = await readAs(app.plane, { workspaceId, reach }, async (tx) => ({
      bots: await tx.selectFrom('bot').select('name').execute(),
      links: await tx.selectFrom('link').select('botId').execute(),
      events: await tx.selectFrom('event').select('subjectName').distinct().execute(),
    }));
    const names = [...seen.bots.map(({ name }) => name), ...seen.events.map(({ subjectName }) => subjectName)];
    for (const name of names) expect(['Ada', 'Ida', 'Isa']).toContain(name);
    expect(names).toContain('Ada');
  });

  test('the filters, where row-level security is off', async () => {
    await app.database.rows('alter policy reach on bot using (true) with check (true)');
    await app.database.rows('alter policy reach on event using (true)');
    try {
      expect(namesIn((await ask(app, 'GET /bots', { as: key })).body)).toEqual(['Ada']);
      expect((await ask(app, 'GET /bots/counts', { as: key })).body['total']).toBe(1);
      expect(subjectsIn((await ask(app, 'GET /events?limit=200', { as: key })).body)).toEqual(new Set(['Ada']));
      for (const line of [`GET /bots/${idOf('Bob')}`, `POST /bots/${idOf('Bob')}/start`] as const)
        expect((await ask(app, line, { as: key })).status).toBe(404);
    } finally {
      const unlimited = 'select is_unlimited()';
      const holds = `(${unlimited}) or in_reach(id, labels)`;
      await app.database.rows(`alter policy reach on bot using (${holds}) with check (${holds})`);
      await app.database.rows(
        `alter policy reach on event using ((${unlimited}) or subject_id in (select id from bot))`,
      );
    }
  });
});

test('why someone may, or may not, is answered by the role that says so', async () => {
  const asked = async (query: string, as: Credential) => (await ask(app, `GET /access/can?${query}`, { as })).body;
  const start = `permission=bot:operate&botId=${idOf('Ada')}`;
  expect(await asked(start, grace.as)).toMatchObject({
    allowed: true,
    reason: expect.stringContaining('the role operator holds for the bots with team=support'),
  });
  expect(await asked(`permission=bot:destroy&botId=${idOf('Ada')}`, grace.as)).toMatchObject({ allowed: false });
  expect(await asked('permission=bot:operate', grace.as)).toMatchObject({
    allowed: false,
    grounds: [{ role: 'operator' }],
  });
  expect(await asked(`${start}&personId=${grace.id}`, owner.as)).toMatchObject({ allowed: true });
  const other = await ask(app, `GET /access/can?${start}&personId=${owner.id}`, { as: grace.as });
  expect(other.status).toBe(403);
  const hidden = await ask(app, `GET /access/can?permission=bot:read&botId=${idOf('Bob')}`, { as: grace.as });
  expect(hidden.status).toBe(404);
});

describe('what is taken away ends at once', () => {
  const stream = async (as: Credential) => {
    const response = await fetch(`${app.url}/api/v1/events/stream`, { headers: as });
    return response.text().then(() => 'ended');
  };
  const inTime = (ended: Promise<string>) =>
    Promise.race([ended, new Promise((resolve) => setTimeout(() => resolve('open'), soonMs))]);

  test('a role for some bots', async () => {
    const joan = await newPerson(app, workspaceId, 'member');
    const binding = await bind(joan, 'viewer', { botId: idOf('Bob') });
    expect(namesIn((await ask(app, 'GET /bots', { as: joan.as })).body)).toEqual(['Bob']);
    const ended = stream(joan.as);
    await ask(app, `DELETE /role-bindings/${binding}`, { as: owner.as });
    expect(await inTime(ended)).toBe('ended');
    expect((await ask(app, 'GET /bots', { as: joan.as })).status).toBe(403);
  });

  test('a label', async () => {
    const joan = await newPerson(app, workspaceId, 'member');
    await bind(joan, 'operator', { labels: { team: 'lab' } });
    await newBot(owner.as, 'Lab', { team: 'lab' });
    const ended = stream(joan.as);
    expect((await ask(app, `POST /bots/${idOf('Lab')}/start`, { as: joan.as })).status).toBe(200);
    await ask(app, `PUT /bots/${idOf('Lab')}/labels`, { as: owner.as, body: { labels: {} } });
    expect(await inTime(ended)).toBe('ended');
    expect((await ask(app, `POST /bots/${idOf('Lab')}/stop`, { as: joan.as })).status).toBe(404);
  });

  test('an answer that is kept under an Idempotency-Key', async () => {
    const joan = await newPerson(app, workspaceId, 'member');
    const binding = await bind(joan, 'operator', { botId: idOf('Eve') });
    const as = { ...joan.as, 'idempotency-key': 'once' };
    expect((await ask(app, `POST /bots/${idOf('Eve')}/start`, { as })).status).toBe(200);
    expect((await ask(app, `POST /bots/${idOf('Eve')}/start`, { as })).status).toBe(200);
    await bind(joan, 'operator', { botId: idOf('Bob') });
    await ask(app, `DELETE /role-bindings/${binding}`, { as: owner.as });
    expect((await ask(app, `POST /bots/${idOf('Eve')}/start`, { as })).status).toBe(404);
  });
});

test('a stream tells of the bots within reach alone', async () => {
  const until = new AbortController();
  const response = await fetch(`${app.url}/api/v1/events/stream`, { headers: key, signal: until.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (const name of ['Bob', 'Ada'])
    await ask(app, `PATCH /bots/${idOf(name)}`, { as: owner.as, body: { personality: `${name} ${Date.now()}` } });
  let told = '';
  while (!told.includes('bot-updated')) told += (await reader?.read())?.value ?? '';
  until.abort();
  expect(told).toContain(idOf('Ada'));
  expect(told).not.toContain(idOf('Bob'));
});
