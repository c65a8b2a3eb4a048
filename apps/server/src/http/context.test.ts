import { dumpAll } from '@clawster/control-plane/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { putItem } from './test-inbox.ts';
import { ask, asking, newPerson, type TestPerson } from './test-people.ts';
import { hostileTexts } from '../testing/hostile-texts.ts';

let app: TestApp;
let workspaceId: string;
let owner: TestPerson;
let teamId: string;
const { asked, done } = asking(() => ({ app, as: owner.as }));
beforeAll(async () => {
  app = await testApp();
});
beforeEach(async () => {
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
  const { id: botId } = await done('POST /bots', { name: 'Ada', start: false });
  teamId = String((await done('POST /teams', { name: 'Care', lead: { botId }, members: [] }))['id']);
});
afterAll(() => app.close());

const set = (key: string, more: Record<string, unknown> = {}) =>
  asked(`PUT /teams/${teamId}/context/entry`, { key, text: 'The office is blue', baseVersion: 0, ...more });
const at = (key: string, more = '') => asked(`GET /teams/${teamId}/context/entry?key=${key}${more}`);
const list = (more = '') => done(`GET /teams/${teamId}/context?${more}`);
const keysIn = ({ items = [] }: { items?: Record<string, unknown>[] }) => items.map(({ key }) => key);

test('an entry is written upon the version that was read: of two at once one is told who was first', async () => {
  expect((await set('facts/office')).body).toMatchObject({
    version: 1,
    author: { name: owner.name },
    untrusted: false,
  });
  const both = await Promise.all(['green', 'red'].map((text) => set('facts/office', { text, baseVersion: 1 })));
  expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
  expect(both.find(({ status }) => status === 409)?.body.detail).toContain('wrote version 2 meanwhile');
  expect((await at('facts/office', '&version=1')).body).toMatchObject({ text: 'The office is blue' });
});

test('what is deleted or expired is not known, and its history and an older version are there to be restored', async () => {
  await set('a');
  await done(`DELETE /teams/${teamId}/context/entry?key=a`);
  expect((await at('a')).status).toBe(404);
  const history = await done(`GET /teams/${teamId}/context/history?key=a`);
  expect(history.items).toMatchObject([
    { version: 2, isDeleted: true },
    { version: 1, isDeleted: false },
  ]);
  expect(await done(`POST /teams/${teamId}/context/restore`, { key: 'a', version: 1 })).toMatchObject({ version: 3 });
  await set('b', { expiresAt: new Date(Date.now() + 60_000).toISOString() });
  expect(keysIn(await list())).toEqual(['a', 'b']);
  await app.database.rows(`update context_entry set expires_at = now() where key = 'b' and team_id = '${teamId}'`);
  expect(keysIn(await list())).toEqual(['a']);
  expect((await set('b')).body).toMatchObject({ version: 2 });
});

test('words are found in keys and texts; who may not read texts is shown none, and finds none by them', async () => {
  await set('customers/acme', { text: 'They like parcels' });
  await set('office');
  expect(keysIn(await list('search=parcels'))).toEqual(['customers/acme']);
  expect(keysIn(await list('prefix=customers/'))).toEqual(['customers/acme']);
  const viewer = await newPerson(app, workspaceId, 'viewer');
  const seen = (more: string) => ask(app, `GET /teams/${teamId}/context?${more}`, { as: viewer.as });
  expect(keysIn((await seen('search=parcels')).body)).toEqual([]);
  expect(keysIn((await seen('search=acme')).body)).toEqual(['customers/acme']);
  expect(JSON.stringify((await seen('')).body)).not.toContain('parcels');
});

test('S6: hostile texts are kept and shown as the texts they are, and nothing else happens', async () => {
  const watched = ['team_rules', 'bot', 'session_origin', 'delegation', 'role', 'membership', 'notifier'];
  const everything = () =>
    Promise.all(watched.map((table) => app.database.rows(`select t::text as row from ${table} t order by 1`)));
  const before = await everything();
  const texts = hostileTexts();
  let letIn = 0;
  for (const [index, text] of texts.entries()) {
    const key = `hostile/${index}`;
    if (index % 3 === 0) {
      expect((await set(key, { text, untrusted: true })).status).toBe(200);
      expect((await at(key)).body).toMatchObject({ text: text.trim(), untrusted: true });
    } else {
      const isQuestion = index % 3 === 1;
      const content = [{ label: isQuestion ? 'Question' : text, text, untrusted: true }];
      const kind = isQuestion ? ('question' as const) : ('tool' as const);
      // A question is told under a title of ours, with the first line of its text for those who may read it.
      const title = isQuestion ? 'Ada asks a question' : text;
      const told = isQuestion ? `${title}: ${text.split('\n', 1)[0]?.slice(0, 140)}` : title;
      const { id } = await putItem(app, { workspaceId, kind, subject: key, title, content, isQuestion });
      const shown = await done(`GET /inbox/${id}`);
      expect(shown).toMatchObject({ state: 'open', title: told, content });
      if (shown['state'] !== 'open') letIn += 1;
    }
  }
  expect(await everything()).toEqual(before);
  process.stdout.write(`S6 tried ${texts.length}, let in ${letIn}\n`);
  expect(texts.length).toBeGreaterThanOrEqual(600);
  expect((await dumpAll(app.plane)).length).toBeGreaterThan(600);
}, 120_000);
