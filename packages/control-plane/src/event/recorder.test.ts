import { type TestDatabase, testDatabase } from '@clawster/database/testing';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Author, authorOf, type SignedIn } from '../caller.ts';
import { change, type ChangeContext } from '../change.ts';
import { systemQuery } from '../query.ts';
import { inTransaction } from '../transaction.ts';
import { beginning } from './cursor.ts';
import { eventsAfter } from './event.queries.ts';
import { recorder } from './recorder.ts';

let database: TestDatabase;
const woken: string[][] = [];
const workspaceId = randomUUID();
const addWorkspace = (tx: ChangeContext['tx'], id: string) =>
  tx.insertInto('workspace').values({ id, name: 'Ours' }).execute();
const inWorkspace = <T>(id: string, work: (context: ChangeContext) => Promise<T>) =>
  change({ db: database.db, wake: (nouns) => void woken.push(nouns) }, { workspaceId: id, job: 'test' }, work);
const workspaces = () =>
  systemQuery({ db: database.db }, async (tx) => (await tx.selectFrom('workspace').select('id').execute()).length);

beforeAll(async () => {
  database = await testDatabase();
  await inWorkspace(workspaceId, async ({ tx, record }) => {
    await addWorkspace(tx, workspaceId);
    await record({ type: 'setup-completed' });
  });
});
afterAll(() => database.close());

test('what was recorded is there with the change, and wakes who waits for it', async () => {
  expect(woken).toEqual([['setup']]);
  const events = await systemQuery({ db: database.db }, (tx) => tx.selectFrom('event').select('type').execute());
  expect(events).toEqual([{ type: 'setup-completed' }]);
});

test('a change that records nothing is undone', async () => {
  const id = randomUUID();
  await expect(inWorkspace(id, ({ tx }) => addWorkspace(tx, id))).rejects.toThrow('must record');
  expect(await workspaces()).toBe(1);
});

test('a change whose record fails is undone, and the failure is the one that is told', async () => {
  const id = randomUUID();
  const failing = inWorkspace(id, async ({ tx, record }) => {
    await record({ type: 'bot-updated', subjectId: 'no id at all' });
    await addWorkspace(tx, id);
  });
  await expect(failing).rejects.toThrow('invalid input syntax for type uuid');
  expect(await workspaces()).toBe(1);
});

test('an event says for whom it was done and from where, when somebody asked', async () => {
  const id = randomUUID();
  const owner = { kind: 'person', id: randomUUID(), name: 'Ada' } as const;
  const from = { address: '192.0.2.7', userAgent: 'x'.repeat(5_000), requestId: 'r-1' };
  const wake = () => undefined;
  const caller = { ...keyOf(id), onBehalfOf: owner, ...from };
  await change({ db: database.db, wake }, { workspaceId: id, job: 'test', from }, async ({ tx, record }) => {
    await addWorkspace(tx, id);
    await record({ type: 'session-refused' });
  });
  await transacted(id, authorOf(caller));
  const told = () =>
    systemQuery({ db: database.db }, (tx) => eventsAfter(tx, beginning, { workspaceId: id, limit: 9 })).then((events) =>
      events.map(({ record }) => record),
    );
  const origin = { address: '192.0.2.7', userAgent: 'x'.repeat(200), requestId: 'r-1' };
  // Settled when no transaction of another test, in the same PostgreSQL, is older.
  await expect.poll(told).toMatchObject([
    { type: 'session-refused', actor: { kind: 'system' }, origin },
    { type: 'bot-created', actor: { kind: 'api-key', name: 'CI' }, onBehalfOf: owner, origin },
  ]);
});

const keyOf = (id: string): SignedIn => ({
  kind: 'api-key',
  id: randomUUID(),
  name: 'CI',
  workspaceId: id,
  role: 'viewer',
  permissions: new Set(),
  address: '',
  userAgent: '',
});

const transacted = (id: string, author: Author) =>
  inTransaction({ db: database.db }, { tenancy: { workspaceId: id } }, async (tx) => {
    const { record, finish } = recorder(tx, author, { workspaceId: id });
    await record({ type: 'bot-created' });
    await finish();
  });
