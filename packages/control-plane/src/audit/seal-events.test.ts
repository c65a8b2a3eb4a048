import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { loops } from '../loops/loops.ts';
import { loopRunner } from '../loops/run-loops.ts';
import { sealEvents } from './seal-events.ts';
import { newTrail, sealedTrail, type Trail } from './testing/trail.ts';

let trail: Trail;
afterEach(() => trail.close());

const eventsOf = (who: Trail['ours']) =>
  trail.attack<{ id: number }>('select id::int from event where workspace_id = $1 order by xid, id', [who.workspaceId]);
const sealedOf = (who: Trail['ours']) =>
  trail.attack<{ id: number; number: number }>(
    `select unnest(event_ids)::int as id, number::int from audit_seal where workspace_id = $1 order by number`,
    [who.workspaceId],
  );

test('every event of every workspace is sealed once, in its order, and the whole verifies', async () => {
  trail = await sealedTrail();
  for (const who of [trail.ours, trail.theirs]) {
    expect((await sealedOf(who)).map(({ id }) => id)).toEqual((await eventsOf(who)).map(({ id }) => id));
    expect(await trail.verify(who)).toMatchObject({ sound: true, findings: 0, unsealed: 0, seals: 4 });
  }
  expect(await trail.verify()).toMatchObject({ events: 20, checkpoint: { number: 4 } });
});

test('several at once never fork the chain, leave nothing out and seal nothing twice', async () => {
  trail = await newTrail();
  const stop = new AbortController();
  const sealers = Array.from({ length: 4 }, async () => {
    while (!stop.signal.aborted) await sealEvents(trail.plane, stop.signal);
  });
  await Promise.all(
    [trail.ours, trail.theirs, trail.ours].map(async (who) => {
      for (let round = 0; round < 10; round += 1) await trail.record(who, 5);
    }),
  );
  stop.abort();
  await Promise.all(sealers);
  await trail.seal();
  for (const who of [trail.ours, trail.theirs]) {
    const sealed = await sealedOf(who);
    expect(sealed.map(({ id }) => id)).toEqual((await eventsOf(who)).map(({ id }) => id));
    expect(await trail.verify(who)).toMatchObject({ sound: true, unsealed: 0, events: sealed.length });
  }
});

test('a second with the same number is refused by the database itself', async () => {
  trail = await sealedTrail();
  const again = 'insert into audit_seal select * from audit_seal where number = 4';
  await expect(trail.attack(again)).rejects.toThrow('audit_seal_pkey');
});

test('the loop seals within a second of what is settled', async () => {
  trail = await newTrail();
  const stop = new AbortController();
  const running = loopRunner(loops.filter(({ name }) => name === 'seal-events')).run(trail.plane, stop.signal);
  const settled = watchSettled(stop.signal);
  for (let round = 0; round < 12; round += 1) {
    await trail.record(trail.ours, 3);
    await sleep(230);
  }
  await expect.poll(() => trail.verify(), { timeout: 30_000 }).toMatchObject({ unsealed: 0, events: 37 });
  stop.abort();
  await running;
  const settledAt = await settled;
  const sealed = await trail.attack<{ id: number; at: number }>(
    `select event.id::int, extract(epoch from seal.at)::float * 1000 as at from event
     join audit_seal seal on event.id = any(seal.event_ids) where event.type = 'bot-updated'`,
  );
  const waits = sealed.map(({ id, at }) => Math.max(0, at - (settledAt.get(id) ?? at))).toSorted((a, b) => a - b);
  const [median = 0, nearlyAll = 0] = [0.5, 0.9].map((part) => waits[Math.floor(waits.length * part)]);
  process.stdout.write(
    `sealed after ${Math.round(median)} ms in the median, ${Math.round(waits.at(-1) ?? 0)} ms at most\n`,
  );
  expect(waits.length).toBe(36);
  expect(nearlyAll).toBeLessThan(1_000);
  expect(waits.at(-1)).toBeLessThan(3_000);
});

/** When each event was settled: a transaction of another test, in the same PostgreSQL, may hold that up. */
async function watchSettled(signal: AbortSignal): Promise<Map<number, number>> {
  const settledAt = new Map<number, number>();
  for (; !signal.aborted; await sleep(20)) {
    const rows = await trail.attack<{ id: number; at: number }>(
      `select id::int, extract(epoch from clock_timestamp())::float * 1000 as at from event
       where xid < pg_snapshot_xmin(pg_current_snapshot())`,
    );
    for (const { id, at } of rows) if (!settledAt.has(id)) settledAt.set(id, at);
  }
  return settledAt;
}

describe('a restored copy', () => {
  /** What a restore does to this database: another epoch, and all numbers of transactions anew. */
  const restore = () =>
    trail.attack(
      `update installation set epoch = epoch + 1; update event set xid = pg_current_xact_id();
       insert into event (workspace_id, type, actor) select id, 'installation-restored', '{"kind":"system","job":"restore"}' from workspace`,
    );

  test('goes on from the last seal, over what was recorded after it', async () => {
    trail = await sealedTrail();
    await trail.record(trail.ours, 3);
    await restore();
    await trail.seal();
    await trail.record(trail.ours, 2);
    await trail.seal();
    expect(await trail.verify()).toMatchObject({ sound: true, unsealed: 0, events: 20 + 3 + 1 + 2, seals: 6 });
    const sealed = (await sealedOf(trail.ours)).map(({ id }) => id);
    expect(new Set(sealed).size).toBe(sealed.length);
    expect(await trail.verify(trail.theirs)).toMatchObject({ sound: true, unsealed: 0 });
  });

  test('is told from one in which something was put in, deleted or edited meanwhile', async () => {
    trail = await sealedTrail();
    await restore();
    await trail.seal();
    const [one, two] = (await eventsOf(trail.ours)) as [{ id: number }, { id: number }];
    await trail.attack("update event set subject_name = 'x' where id = $1", [one.id]);
    await trail.attack('delete from event where id = $1', [two.id]);
    const { told } = await trail.verify();
    expect(told).toMatchObject([
      { kind: 'event-edited', event: one.id },
      { kind: 'event-deleted', event: two.id },
    ]);
  });
});

test('a trail whose key is gone is not gone on with under another', async () => {
  trail = await sealedTrail();
  await trail.attack("delete from installation_key where purpose = 'audit'");
  await trail.record(trail.ours, 1);
  await expect(trail.seal()).rejects.toThrow('key of the audit trail is gone');
  expect(await trail.verify()).toMatchObject({ sound: false, unsealed: 1 });
});
