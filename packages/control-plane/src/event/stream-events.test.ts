import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { testDatabase, type TestDatabase } from '@clawster/database/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignedIn } from '../caller.ts';
import { change } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { keyWrapper } from '../secret/key-wrapper.ts';
import { newViewer } from '../testing.ts';
import { eventHubOf } from './event-hub.ts';
import { Listener } from './listener.ts';
import { listEvents } from './list-events.ts';
import { streamEvents } from './stream-events.ts';
import { StreamFrame } from './stream-frame.ts';

let database: TestDatabase;
let plane: ControlPlane;
let ours: SignedIn;
let theirs: SignedIn;
beforeAll(async () => {
  database = await testDatabase();
  plane = {
    db: database.db,
    keys: keyWrapper(randomBytes(32)),
    wake: () => eventHubOf(plane).wake(),
    log: () => undefined,
  } as unknown as ControlPlane;
  [ours, theirs] = [await newViewer(plane), await newViewer(plane)];
});
afterAll(async () => {
  eventHubOf(plane).stop();
  await database.close();
});

/** Records one event in a transaction that stays open for so long. */
const happen = (who: SignedIn, name: string, seconds = 0) =>
  change(plane, { workspaceId: who.workspaceId, job: 'test' }, async ({ tx, record }) => {
    await record({ type: 'bot-updated', subjectName: name });
    if (seconds) await sql`select pg_sleep(${seconds})`.execute(tx);
  });

type Told = { id: string; name: string };

/** Listens until so many events came, or one called `last`. */
async function listen(who: SignedIn, options: { after?: string; until: (told: Told[]) => boolean }): Promise<Told[]> {
  const stop = new AbortController();
  const told: Told[] = [];
  for await (const frame of await streamEvents(plane, who, { input: { after: options.after }, signal: stop.signal })) {
    const { subjectName } = JSON.parse(frame.json) as { subjectName?: string };
    told.push({ id: frame.id ?? '', name: subjectName ?? '' });
    if (options.until(told)) stop.abort();
  }
  return told;
}

test('a long transaction that began first hides nothing of what committed before it', async () => {
  // What was recorded before may be settled only now: another test in the same PostgreSQL has transactions, too.
  const named = (told: Told[]) => told.filter(({ name }) => name !== '');
  const listening = listen(ours, { until: (told) => named(told).length === 4 });
  await sleep(100);
  const slow = happen(ours, 'slow', 0.5);
  await sleep(50);
  await Promise.all([slow, happen(ours, 'quick 1'), happen(ours, 'quick 2'), happen(ours, 'quick 3')]);
  const names = named(await listening).map(({ name }) => name);
  expect(names.toSorted()).toEqual(['quick 1', 'quick 2', 'quick 3', 'slow']);
});

test('what the server itself must notice is told at once and once, beside a transaction that began first', async () => {
  const hub = eventHubOf(plane);
  await hub.start();
  const told: string[] = [];
  const types = new Set(['bot-updated'] as const);
  const leave = hub.committed.add(types, ({ workspaceId }) => told.push(workspaceId));
  let isOver = false;
  const slow = happen(theirs, 'slow', 1).then(() => (isOver = true));
  await sleep(50);
  await happen(ours, 'quick');
  await expect.poll(() => told, { timeout: 900, interval: 10 }).toEqual([ours.workspaceId]);
  expect(isOver).toBe(false);
  await slow;
  await expect.poll(() => told.length, { timeout: 900, interval: 10 }).toBe(2);
  await sleep(600);
  expect(told).toEqual([ours.workspaceId, theirs.workspaceId]);
  leave();
});

test('a listener that reconnects again and again misses nothing and hears nothing twice', async () => {
  const total = 60;
  const start = (await listEvents(plane, ours, { limit: 1 })).items[0]?.id as string;
  const happening = (async () => {
    for (let from = 0; from < total; from += 6) {
      await Promise.all(
        Array.from({ length: 6 }, (_, index) =>
          happen(index % 3 === 2 ? theirs : ours, `n${from + index}`, Math.random() * 0.05),
        ),
      );
    }
  })();
  const heard: Told[] = [];
  while (heard.length < (total * 2) / 3) {
    const after = heard.at(-1)?.id ?? start;
    const left = (total * 2) / 3 - heard.length;
    heard.push(...(await listen(ours, { after, until: (told) => told.length >= Math.min(7, left) })));
  }
  await happening;
  const expected = Array.from({ length: total }, (_, index) => index)
    .filter((index) => index % 3 !== 2)
    .map((index) => `n${index}`);
  expect(heard.map(({ name }) => name).toSorted()).toEqual(expected.toSorted());
  expect(new Set(heard.map(({ id }) => id)).size).toBe(heard.length);
});

test('a listener that comes with a place of another database, as after a restore, reads anew and misses nothing since', async () => {
  const listening = listen(ours, { after: '999999999999-7', until: (told) => told.length === 2 });
  await sleep(300);
  await happen(ours, 'since');
  expect((await listening).map(({ id, name }) => [id !== '', name])).toEqual([
    [false, ''],
    [true, 'since'],
  ]);
});

test('a listener that comes back is told from the database what the ring never held', async () => {
  const newest = (await listEvents(plane, ours, { limit: 200 })).items;
  const oldest = newest.at(-1)?.id as string;
  const told = await listen(ours, { after: oldest, until: (all) => all.length === newest.length - 1 });
  expect(told.map(({ id }) => id)).toEqual(
    newest
      .slice(0, -1)
      .map(({ id }) => id)
      .toReversed(),
  );
});

test('pages of the list meet without gap or overlap', async () => {
  const seen: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listEvents(plane, ours, { limit: 7, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
    if (!cursor) {
      expect(seen).toHaveLength(page.total);
      break;
    }
  }
  expect(new Set(seen).size).toBe(seen.length);
});

test('a Last-Event-ID we never gave out is refused', async () =>
  expect(
    streamEvents(plane, ours, { input: { after: 'nonsense' }, signal: new AbortController().signal }),
  ).rejects.toThrow('Last-Event-ID'));

test('a listener that reads too slowly is told once to read everything anew, and costs no more than its queue', async () => {
  const listener = new Listener('w', 3);
  for (let index = 0; index < 10; index += 1) listener.push(new StreamFrame(`${index}`));
  const stop = new AbortController();
  const told: string[] = [];
  for await (const frame of listener.frames(stop.signal)) {
    told.push(frame.event ?? frame.json);
    if (frame.json === '9') stop.abort();
  }
  expect(told).toEqual(['resync', '9']);
});
