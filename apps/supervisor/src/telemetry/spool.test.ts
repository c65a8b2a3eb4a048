import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TelemetryBatch } from '@clawster/link/report';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { holdLogs } from '../host/log.ts';
import { openSpool, type Spool } from './spool.ts';

const place = async () => join(await mkdtemp(join(tmpdir(), 'spool-')), 'spool.jsonl');
const kinds = (batch: TelemetryBatch | undefined) => batch?.items.map(({ kind }) => kind);
const fill = (spool: Spool, words: string[], data = {}) => words.forEach((word) => spool.add(word, data));

afterEach(() => holdLogs(false));

test('what was added is on the disk at once, and there after a process that was killed', async () => {
  const file = await place();
  fill(await openSpool(file), ['a', 'b']);
  expect(kinds((await openSpool(file)).nextBatch())).toEqual(['a', 'b']);
});

test('what is acknowledged is forgotten, also after a restart', async () => {
  const file = await place();
  const spool = await openSpool(file);
  fill(spool, ['a', 'b']);
  const batch = spool.nextBatch();
  spool.add('c', {});
  spool.acknowledge(batch?.epoch ?? 0, batch?.items.at(-1)?.sequence ?? 0);
  expect(kinds(spool.nextBatch())).toEqual(['c']);
  expect(kinds((await openSpool(file)).nextBatch())).toEqual(['c']);
});

test('how much waits to be told, and since when, is known until it is acknowledged', async () => {
  const spool = await openSpool(await place());
  expect(spool.waiting()).toBeUndefined();
  fill(spool, ['a', 'b']);
  const batch = spool.nextBatch();
  expect(spool.waiting()).toEqual({ items: 2, oldestAt: batch?.items[0]?.at });
  spool.acknowledge(batch?.epoch ?? 0, batch?.items.at(-1)?.sequence ?? 0);
  expect(spool.waiting()).toBeUndefined();
});

test.each([
  ['in number', { itemsMax: 3 }, {}],
  ['in bytes', { bytesMax: 3_300 }, { text: 'x'.repeat(1_000) }],
])('it is bounded %s: the oldest make room, and are counted', async (_, bounds, data) => {
  const spool = await openSpool(await place(), bounds);
  fill(spool, ['a', 'b', 'c', 'd'], data);
  expect(spool.nextBatch()).toMatchObject({ dropped: 1, items: [{ kind: 'b' }, { kind: 'c' }, { kind: 'd' }] });
});

test('a gap that opens while a batch is on its way is told with the next one', async () => {
  const spool = await openSpool(await place(), { itemsMax: 2 });
  fill(spool, ['a', 'b']);
  const first = spool.nextBatch();
  fill(spool, ['c', 'd']);
  expect(spool.nextBatch()).toEqual(first);
  spool.acknowledge(first?.epoch ?? 0, first?.items.at(-1)?.sequence ?? 0);
  spool.add('e', {});
  expect(spool.nextBatch()).toMatchObject({ dropped: 2, items: [{ kind: 'e' }] });
});

test('what was read is kept in the line of what was told of it, and forgotten when it is told to', async () => {
  const file = await place();
  const spool = await openSpool(file);
  spool.add('a', {}, { session: { seq: 1 }, other: 'x' });
  spool.mark({ other: null });
  expect(
    readFileSync(file, 'utf8')
      .split('\n')
      .find((line) => line.includes('"a"')),
  ).toContain('"seq":1');
  for (const reopened of [await openSpool(file), await openSpool(file)])
    expect([reopened.markOf('session'), reopened.markKeys()]).toEqual([{ seq: 1 }, ['session']]);
});

test('a line that was lost loses what was told and how far was read alike', async () => {
  const file = await place();
  const spool = await openSpool(file);
  spool.add('a', {}, { read: 1 });
  const { length } = readFileSync(file);
  spool.add('b', {}, { read: 2 });
  truncateSync(file, length + 10);
  const again = await openSpool(file);
  expect([kinds(again.nextBatch()), again.markOf('read')]).toEqual([['a'], 1]);
});

test('a line that was cut short costs itself alone', async () => {
  const file = await place();
  fill(await openSpool(file), ['a', 'b']);
  appendFileSync(file, '{"sequence":7,"at":"20');
  const spool = await openSpool(file);
  spool.add('c', {});
  expect(kinds((await openSpool(file)).nextBatch())).toEqual(['a', 'b', 'c']);
});

test('a file without a head begins a new epoch and harms nothing', async () => {
  const file = await place();
  writeFileSync(file, 'not json');
  const spool = await openSpool(file);
  spool.add('x', {});
  expect(kinds(spool.nextBatch())).toEqual(['x']);
});

test('while nothing may be written it is kept in memory, and written when there is room again', async () => {
  const file = await place();
  const spool = await openSpool(file);
  holdLogs(true);
  fill(spool, ['a', 'b']);
  expect(readFileSync(file, 'utf8')).not.toContain('"a"');
  holdLogs(false);
  spool.add('c', {});
  expect(kinds((await openSpool(file)).nextBatch())).toEqual(['a', 'b', 'c']);
});

test('a disk that is full stops nothing, and numbers are never used twice', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'spool-'));
  const file = join(folder, 'gone', 'spool.jsonl');
  const spool = await openSpool(file);
  rmSync(join(folder, 'gone'), { recursive: true });
  spool.add('lost with its process', {});
  const sent = spool.nextBatch()?.items[0]?.sequence ?? 0;
  await new Promise((resolve) => {
    setTimeout(resolve, 5);
  });
  const next = await openSpool(file);
  next.add('another', {});
  expect(next.nextBatch()?.items[0]?.sequence).toBeGreaterThan(sent);
});

test('a file does not grow by what is over', async () => {
  const file = await place();
  const spool = await openSpool(file);
  for (let round = 0; round < 2_000; round += 1) {
    spool.add('call', { text: 'x'.repeat(300) });
    const batch = spool.nextBatch();
    spool.acknowledge(batch?.epoch ?? 0, batch?.items.at(-1)?.sequence ?? 0);
  }
  expect(readFileSync(file).length).toBeLessThan(300_000);
});

type Deed = { do: 'add' | 'send' | 'send unheard' | 'kill' } | { do: 'tear'; bytes: number };
const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ do: 'add' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'send' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'send unheard' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'kill' as const }) },
);
const orTear = fc.oneof(
  { weight: 9, arbitrary: anyDeed },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('tear' as const), bytes: fc.integer({ min: 1, max: 400 }) }) },
);

test('killed at any moment, each item is stored once or counted as a gap once', () =>
  fc.assert(
    fc.asyncProperty(fc.array(anyDeed, { maxLength: 60 }), fc.integer({ min: 2, max: 8 }), async (deeds, itemsMax) => {
      const { added, stored, gap } = await live(deeds, itemsMax);
      expect(stored.size + gap).toBe(added);
    }),
    { numRuns: 150 },
  ));

test('also when the end of the file is lost, no number means two things and nothing is counted that was not added', () =>
  fc.assert(
    fc.asyncProperty(fc.array(orTear, { maxLength: 60 }), async (deeds) => {
      const { added, stored } = await live(deeds, 1_000);
      expect(stored.size).toBeLessThanOrEqual(added);
    }),
    { numRuns: 100 },
  ));

/** A life of the spool beside a control plane that stores as ours does: an item once, a gap with items that are new. */
async function live(deeds: Deed[], itemsMax: number) {
  const folder = mkdtempSync(join(tmpdir(), 'spool-'));
  const file = join(folder, 'spool.jsonl');
  const stored = new Map<string, string>();
  let clock = 1;
  let gap = 0;
  let added = 0;
  const reopen = () => openSpool(file, { itemsMax, now: () => (clock += 10) });
  const send = (spool: Spool, isHeard: boolean) => {
    const batch = spool.nextBatch();
    if (!batch) return false;
    const fresh = batch.items.filter(({ sequence }) => !stored.has(`${batch.epoch} ${sequence}`));
    for (const { sequence, kind } of batch.items) {
      const known = stored.get(`${batch.epoch} ${sequence}`) ?? kind;
      expect(known).toBe(kind);
      stored.set(`${batch.epoch} ${sequence}`, kind);
    }
    if (fresh.length > 0) gap += batch.dropped;
    if (isHeard) spool.acknowledge(batch.epoch, batch.items.at(-1)?.sequence ?? 0);
    return true;
  };
  try {
    let spool = await reopen();
    for (const deed of deeds) {
      if (deed.do === 'add') spool.add(`item ${(added += 1)}`, {});
      else if (deed.do === 'kill') spool = await reopen();
      else if (deed.do === 'tear') {
        truncateSync(file, Math.max(0, readFileSync(file).length - deed.bytes));
        spool = await reopen();
      } else send(spool, deed.do === 'send');
    }
    while (send(spool, true));
    // A gap travels with items: one that opened last goes with the next that comes.
    spool.add(`item ${(added += 1)}`, {});
    while (send(spool, true));
    return { added, stored, gap };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
