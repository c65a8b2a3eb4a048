import { randomBytes } from 'node:crypto';
import { sendNotices } from '@clawster/control-plane/notifier/send-notices';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type HttpSink, httpSink } from '../testing/http-sink.ts';
import { type TestApp, testApp } from './test-app.ts';
import { putItem } from './test-inbox.ts';
import { ask, attempts, type Credential, newPerson, type TestPerson } from './test-people.ts';

// S7: an approval by whoever may not give it, or about something else than was seen.

let app: TestApp;
let sink: HttpSink;
let workspaceId: string;
let owner: TestPerson;
let grace: TestPerson;
const tried = attempts('S7');
beforeAll(async () => {
  app = await testApp();
  sink = await httpSink();
});
beforeEach(async () => {
  sink.received.length = 0;
  await app.database.rows('delete from sign_in_attempt');
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
  grace = await newPerson(app, workspaceId, 'operator');
});
afterAll(async () => {
  expect(tried.told()).toEqual({ tried: expect.toSatisfy((count: number) => count >= 500), letIn: 0 });
  await sink.close();
  await app.close();
});

type Item = { id: string; contentHash: string };
const put = (more: Partial<Parameters<typeof putItem>[1]> = {}) => putItem(app, { workspaceId, ...more });
const decide = (as: Credential, { id, contentHash }: Item, decision = 'approve') =>
  ask(app, `POST /inbox/${id}/decide`, { as, body: { decision, contentHash } });
const stateOf = async ({ id }: Item) =>
  (await app.database.rows(`select state from inbox_item where id = '${id}'`))[0]?.['state'];
const use = (token: string, { contentHash }: Item) =>
  ask(app, 'POST /inbox-links/use', { body: { token, contentHash, decision: 'approve' } });
const lookUp = (token: string) => ask(app, 'POST /inbox-links/look-up', { body: { token } });
const notify = async (as: Credential, more: Record<string, unknown> = {}) => {
  const name = `Hook ${randomBytes(3).toString('hex')}`;
  return ask(app, 'POST /notifiers', { as, body: { name, kind: 'webhook', url: sink.url, ...more } });
};
/** The token of the newest message. */
async function told(): Promise<string> {
  await sendNotices(app.plane, new AbortController().signal);
  const { link } = JSON.parse(sink.received.at(-1)?.body ?? '{}') as { link?: string };
  return /\/inbox-link#token=([\w-]{43})$/.exec(link ?? '')?.[1] ?? '';
}
const keyOf = async (as: Credential, more: Record<string, unknown>) => {
  const { body } = await ask(app, 'POST /api-keys', { as, body: { name: randomBytes(4).toString('hex'), ...more } });
  return { authorization: `Bearer ${String(body['value'])}` };
};

test('who may not approve does not, nor nobody, nor somebody elsewhere', async () => {
  const item = await put();
  const elsewhere = await newPerson(app, await app.newWorkspace(), 'owner');
  const viewer = await newPerson(app, workspaceId, 'viewer');
  const auditor = await newPerson(app, workspaceId, 'auditor');
  const readOnly = await keyOf(owner.as, { role: 'owner', scopes: ['inbox:read', 'conversation:read'] });
  for (const as of [viewer.as, auditor.as, elsewhere.as, readOnly, {}])
    for (const decision of ['approve', 'refuse', 'always']) await tried.refused(decide(as, item, decision));
  expect(await stateOf(item)).toBe('open');
});

test('nobody approves what they asked for: not signed in, not by a key, not by a key of a service account they made, not by a link', async () => {
  const item = await put({ askedBy: owner.id });
  const account = await ask(app, 'POST /service-accounts', { as: owner.as, body: { name: 'ci', role: 'admin' } });
  const ofAccount = await keyOf(owner.as, { role: 'admin', serviceAccountId: account.body['id'] });
  const own = await keyOf(owner.as, { role: 'owner' });
  for (const as of [own, ofAccount]) expect((await ask(app, 'GET /inbox', { as })).status).toBe(200);
  for (const as of [owner.as, own, ofAccount]) await tried.refused(decide(as, item), decide(as, item, 'refuse'));
  // Nor by a notifier in the name of somebody else, whose links they would read.
  await tried.refused(notify(owner.as, { personId: grace.id }), notify(own, { personId: grace.id }));
  await notify(owner.as);
  const later = await put({ askedBy: owner.id, subject: 'later' });
  await told();
  expect(sink.received.at(-1)?.body).not.toContain('inbox-link');
  expect([await stateOf(item), await stateOf(later)]).toEqual(['open', 'open']);
});

test('twice, after an edit, or with another hash it is not approved', async () => {
  const item = await put();
  for (let turn = 0; turn < 20; turn += 1)
    await tried.refused(decide(owner.as, { ...item, contentHash: randomBytes(32).toString('hex') }));
  const edited = await put({ content: [{ label: 'Task', text: 'Rotate all keys', untrusted: false }] });
  expect(edited.id).not.toBe(item.id);
  await tried.refused(decide(owner.as, item), decide(owner.as, { ...edited, contentHash: item.contentHash }));
  expect((await decide(owner.as, edited)).status).toBe(200);
  await tried.refused(decide(grace.as, edited), decide(grace.as, edited, 'refuse'), decide(owner.as, edited, 'refuse'));
});

test('after its time nobody approves it, before the loop has looked and after', async () => {
  const item = await put({ expiresAt: new Date(Date.now() + 60_000) });
  await app.database.rows(`update inbox_item set expires_at = now() - interval '1 second' where id = '${item.id}'`);
  await tried.refused(decide(owner.as, item), decide(grace.as, item));
  await app.database.rows(`update inbox_item set state = 'expired' where id = '${item.id}'`);
  await tried.refused(decide(owner.as, item), decide(grace.as, item));
});

test('another site makes no browser approve', async () => {
  const item = await put();
  const foreign: Credential[] = [
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'null' },
  ];
  for (const headers of foreign) await tried.refused(decide({ ...owner.as, ...headers }, item));
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
    await tried.refused(decide({ ...owner.as, 'content-type': type, origin: 'https://evil.example' }, item));
  for (const path of [`/inbox/${item.id}/decide?decision=approve&contentHash=${item.contentHash}`] as const)
    await tried.refused(ask(app, `GET ${path}`, { as: owner.as }));
  expect(await stateOf(item)).toBe('open');
});

test('a bot approves nothing, by what it holds or by a key for it alone', async () => {
  const { body: bot } = await ask(app, 'POST /bots', { as: owner.as, body: { name: 'Ada', start: false } });
  const item = await put({ botId: String(bot['id']) });
  const ofBot = await keyOf(owner.as, { role: 'owner', bots: { botId: bot['id'] } });
  const held = ['model-key', String(bot['id']), randomBytes(32).toString('base64url')];
  const bearers = held.map((value) => ({ authorization: `Bearer ${value}` }));
  for (const as of [ofBot, ...bearers]) await tried.refused(decide(as, item), decide(as, item, 'refuse'));
  expect(await stateOf(item)).toBe('open');
});

test('a link decides once, and looking uses nothing up', async () => {
  await notify(owner.as);
  const item = await put();
  const token = await told();
  for (let turn = 0; turn < 5; turn += 1) expect((await lookUp(token)).body).toMatchObject({ personName: owner.name });
  expect(await stateOf(item)).toBe('open');
  const [first, second] = await Promise.all([use(token, item), use(token, item)]);
  expect([first?.status, second?.status].toSorted()).toEqual([200, 403]);
  await tried.refused(use(token, item), lookUp(token));
  const events = await app.database.rows(
    `select actor from event where workspace_id = '${workspaceId}' and type = 'inbox-closed'`,
  );
  expect(events).toMatchObject([{ actor: { kind: 'person', id: owner.id } }]);
});

test('a link is of one item and of one person: for another, edited, after loss of rights, or taken back it decides nothing', async () => {
  const admin = await newPerson(app, workspaceId, 'admin');
  const hook = await notify(admin.as);
  const [one, other] = [await put(), await put({ subject: 'other', title: 'Other' })];
  const token = await told();
  const seen = (await lookUp(token)).body['contentHash'];
  const not = seen === one.contentHash ? other : one;
  await tried.refused(use(token, not));
  const role = (name: string) => ask(app, `PATCH /people/${admin.id}`, { as: owner.as, body: { role: name } });
  const changed = await role('viewer');
  expect(changed.status, changed.body.detail).toBe(200);
  const mine = seen === one.contentHash ? one : other;
  await tried.refused(use(token, mine));
  expect((await role('admin')).status).toBe(200);
  await ask(app, `PATCH /notifiers/${String(hook.body['id'])}`, { as: admin.as, body: { url: `${sink.url}/other` } });
  await tried.refused(use(token, mine), lookUp(token));
  await put({ subject: 'third' });
  const third = await told();
  await ask(app, `DELETE /notifiers/${String(hook.body['id'])}`, { as: owner.as });
  await tried.refused(use(third, mine), lookUp(third));
  expect(await stateOf(mine)).toBe('open');
});

test('links are not guessed, and guesses are slowed', async () => {
  await notify(owner.as);
  const item = await put();
  const token = await told();
  let slowed = 0;
  for (let turn = 0; turn < 480; turn += 1) {
    const near =
      turn % 2 ? randomBytes(32).toString('base64url') : `${token.slice(0, -1)}${'AEIMQUYcgkosw048'[turn % 16]}`;
    if (near === token) continue;
    const answer = use(near, item);
    await tried.refused(answer);
    if ((await answer).status === 429) slowed += 1;
  }
  expect(slowed).toBeGreaterThan(200);
  expect(await stateOf(item)).toBe('open');
});
