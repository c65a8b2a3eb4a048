import { generateKeyPairSync, sign } from 'node:crypto';
import type { AuditFinding } from '@clawster/contract/audit';
import { forgottenStatement } from '@clawster/domain/audit/forgotten';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SignedIn } from '../caller.ts';
import { sealedTrail, type Trail } from '../audit/testing/trail.ts';
import { forgetEvents } from './forget-events.ts';

let trail: Trail;
let putBack: () => Promise<void>;
beforeAll(async () => {
  trail = await sealedTrail();
  putBack = await trail.keep();
});
beforeEach(async () => {
  await trail.attack('truncate audit_retention');
});
afterEach(() => putBack());
afterAll(() => trail.close());

const later = (days: number) => new Date(Date.now() + days * 86_400_000);
const signal = new AbortController().signal;
const keepFor = (days: number | null, who: SignedIn = trail.ours) =>
  trail.attack('insert into audit_retention (workspace_id, days) values ($1, $2)', [who.workspaceId, days]);
const pass = (days: number) => forgetEvents(trail.plane, signal, later(days));
const eventsOf = async (who: SignedIn) =>
  (
    await trail.attack<{ type: string }>('select type from event where workspace_id = $1 order by id', [
      who.workspaceId,
    ])
  ).map(({ type }) => type);

describe('events older than their workspace keeps them', () => {
  test('are deleted after a signed mark, and the trail without them is whole; another workspace keeps its own', async () => {
    await keepFor(30);
    const theirs = await eventsOf(trail.theirs);
    await pass(32);
    expect(await eventsOf(trail.ours)).toEqual(['audit-events-forgotten']);
    expect(await eventsOf(trail.theirs)).toEqual(theirs);
    await trail.seal();
    expect(await trail.verify()).toMatchObject({ sound: true, forgotten: 20, events: 1, seals: 5, told: [] });
  });

  test.each([
    ['that are younger', 30, 29],
    ['that became so less than a day ago', 30, 30.9],
    ['that are kept for ever', null, 4_000],
  ])('and none %s', async (_, days, passed) => {
    await keepFor(days);
    await pass(passed);
    expect(await trail.verify()).toMatchObject({ sound: true, forgotten: 0, events: 20 });
  });

  test('are gone at the next pass when one was broken off after the mark', async () => {
    await keepFor(30);
    const brokenOff = new AbortController();
    brokenOff.abort();
    await forgetEvents(trail.plane, brokenOff.signal, later(32));
    expect(await eventsOf(trail.ours)).toHaveLength(21);
    await trail.seal();
    expect(await trail.verify()).toMatchObject({ sound: true });
    await pass(32);
    expect(await eventsOf(trail.ours)).toEqual(['audit-events-forgotten']);
    // The first mark is as old by then.
    await trail.seal();
    expect(await trail.verify()).toMatchObject({ sound: true, forgotten: 21, events: 1 });
  });

  test('are marked once by several replicas at the same time', async () => {
    await keepFor(30);
    await Promise.all([1, 2, 3].map(() => pass(32)));
    expect(await eventsOf(trail.ours)).toEqual(['audit-events-forgotten']);
  });

  test('take the mark before with them when it is old itself', async () => {
    await keepFor(30);
    await pass(32);
    await trail.seal();
    await pass(64);
    expect(await eventsOf(trail.ours)).toEqual(['audit-events-forgotten']);
    await trail.seal();
    expect(await trail.verify()).toMatchObject({ sound: true, forgotten: 21, events: 1 });
  });
});

type Attack = [name: string, attack: () => Promise<unknown>, found: AuditFinding['kind'][]];
const remove = (number: number) =>
  trail.attack(
    `delete from event where id in
      (select unnest(event_ids) from audit_seal where workspace_id = $1 and number = $2)`,
    [trail.ours.workspaceId, number],
  );
const sealOf = async (number: number, who: SignedIn = trail.ours) => {
  const [seal] = await trail.attack<{ hash: string; keyId: string }>(
    `select encode(hash, 'hex') as hash, key_id as "keyId" from audit_seal where workspace_id = $1 and number = $2`,
    [who.workspaceId, number],
  );
  return seal ?? { hash: '', keyId: '' };
};
const insertMark = (detail: unknown) =>
  trail.attack(
    `insert into event (workspace_id, type, actor, detail)
     values ($1, 'audit-events-forgotten', '{"kind":"system","job":"forget-events"}', $2)`,
    [trail.ours.workspaceId, JSON.stringify(detail)],
  );
const { privateKey } = generateKeyPairSync('ed25519');

async function forgedMark(number: number) {
  const { hash, keyId } = await sealOf(number);
  const statement = forgottenStatement({ workspaceId: trail.ours.workspaceId, number, hash });
  const signature = sign(null, Buffer.from(statement), privateKey).toString('base64url');
  return { number, hash, keyId, signature, events: 5, until: new Date().toISOString() };
}

/** The first four seals are forgotten, the fifth has the mark of that, the sixth what came then. */
async function markedAndGoneOn(): Promise<void> {
  await keepFor(30);
  await pass(32);
  await trail.seal();
  await trail.record(trail.ours, 3);
  await trail.seal();
}

let tried = 0;
let letIn = 0;
afterAll(() => void process.stdout.write(`deletions that pass for retention: tried ${tried}, let in ${letIn}\n`));

describe('a deletion that passes for retention is found:', () => {
  test.each<Attack>([
    ['without a mark', () => remove(2), ['event-deleted']],
    [
      'with a mark signed by another key',
      async () => {
        await remove(1);
        await insertMark(await forgedMark(1));
      },
      ['mark-forged', 'event-deleted'],
    ],
    [
      'with a mark that says nothing',
      async () => {
        await remove(1);
        await insertMark({});
      },
      ['mark-forged', 'event-deleted'],
    ],
    [
      'with the mark of another workspace',
      async () => {
        await keepFor(30, trail.theirs);
        await pass(32);
        await remove(1);
        await trail.attack(
          `insert into event (workspace_id, type, actor, detail)
           select $1, type, actor, detail from event where type = 'audit-events-forgotten'`,
          [trail.ours.workspaceId],
        );
      },
      ['mark-forged', 'event-deleted'],
    ],
    [
      'of more than was marked',
      async () => {
        await markedAndGoneOn();
        await remove(6);
      },
      ['event-deleted'],
    ],
    [
      'with a mark raised to more than it was signed for',
      async () => {
        await markedAndGoneOn();
        await remove(6);
        await trail.attack(`update event set detail = detail || '{"number": 6}' where type = 'audit-events-forgotten'`);
      },
      ['mark-forged'],
    ],
  ])('%s', async (_, attack, found) => {
    tried += 1;
    letIn += 1;
    await attack();
    await trail.seal();
    const { sound, told } = await trail.verify();
    expect(sound).toBe(false);
    expect(told.map(({ kind }) => kind)).toEqual(expect.arrayContaining(found));
    letIn -= 1;
  });
});
