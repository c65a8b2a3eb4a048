import { createCipheriv, randomBytes } from 'node:crypto';
import { type TestDatabase, testDatabase } from '@clawster/database/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyPlane, type Kept, newOwner, placeOf, readOne, storeSecrets } from '../key/testing.ts';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { type Envelope, seal, unseal } from './envelope.ts';
import { boundTo, storeSecret } from './store-secret.ts';

let database: TestDatabase;
let plane: ControlPlane;
let ours: { id: string; kept: Kept[] };
let theirs: { id: string; kept: Kept[] };
beforeAll(async () => {
  database = await testDatabase();
  plane = keyPlane(database.db);
  [ours, theirs] = [await withSecrets(), await withSecrets()];
});
afterAll(() => database.close());

async function withSecrets() {
  const { workspaceId: id } = await newOwner(plane);
  return { id, kept: await storeSecrets(plane, id, 5) };
}

/** What an attack came to: it let something in when it was answered with any text at all. */
class Attack {
  tried = 0;
  letIn = 0;

  async on(read: () => unknown): Promise<void> {
    this.tried += 1;
    try {
      if ((await read()) !== undefined) this.letIn += 1;
    } catch {
      // Refused, as it should be.
    }
  }

  /** Says it, and how many were let in; one that tried nothing showed nothing. */
  tell(what: string): number {
    console.log(`S11 ${what}: tried ${this.tried}, let in ${this.letIn}`);
    return this.tried > 0 ? this.letIn : Number.NaN;
  }
}

/** An envelope, its key and its place. */
function sealedOnce(index: number) {
  const key = randomBytes(32);
  const place = boundTo(placeOf(`w${index}`, `c${index}`), index, 'file:1');
  return { key, place, envelope: seal(key, randomBytes(1 + index), place) };
}

test('S11: each byte of a hundred envelopes, changed', async () => {
  const attack = new Attack();
  for (let index = 0; index < 100; index += 1) {
    const { key, place, envelope } = sealedOnce(index);
    for (const part of ['nonce', 'ciphertext'] as const)
      for (let at = 0; at < envelope[part].length; at += 1) {
        const bytes = Buffer.from(envelope[part]);
        bytes[at]! ^= 1 + (at % 255);
        await attack.on(() => unseal(key, { ...envelope, [part]: bytes }, place));
      }
  }
  expect(attack.tell('bytes changed')).toBe(0);
});

test('S11: tags cut short, and other algorithms under the right key', async () => {
  const attack = new Attack();
  const { key, place, envelope } = sealedOnce(40);
  for (let cut = 1; cut <= envelope.ciphertext.length; cut += 1)
    await attack.on(() => unseal(key, { ...envelope, ciphertext: envelope.ciphertext.subarray(0, -cut) }, place));
  for (const forged of downgraded(key, envelope.nonce)) await attack.on(() => unseal(key, forged, place));
  for (const length of [0, 1, 8, 11, 13, 16])
    await attack.on(() => unseal(key, { ...envelope, nonce: randomBytes(length) }, place));
  expect(attack.tell('tags and algorithms')).toBe(0);
});

/** As whoever had the key for a moment would seal for later: without a place, without a tag, with a short one, otherwise. */
function downgraded(key: Buffer, nonce: Buffer): Envelope[] {
  const plain = Buffer.from('forged');
  const gcm = (tagBytes: number) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  };
  const ctr = createCipheriv('aes-256-ctr', key, Buffer.concat([nonce, Buffer.from([0, 0, 0, 2])]));
  const streamed = Buffer.concat([ctr.update(plain), ctr.final()]);
  const chacha = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  const poly = Buffer.concat([chacha.update(plain), chacha.final(), chacha.getAuthTag()]);
  const small = createCipheriv('aes-128-gcm', key.subarray(0, 16), nonce);
  const narrow = Buffer.concat([small.update(plain), small.final(), small.getAuthTag()]);
  const zeroTag = Buffer.concat([streamed, Buffer.alloc(16)]);
  return [...[4, 8, 12, 13, 14, 15, 16].map(gcm), streamed, zeroTag, poly, narrow, plain].map((ciphertext) => ({
    nonce,
    ciphertext,
  }));
}

type Row = Record<'id' | 'workspace_id' | 'owner_id', string>;
const readRow = (row: Row) => readOne(plane, row.workspace_id, row.owner_id);

/** Changes rows as the superuser, reads, and puts all back. */
async function whileAltered(statement: string, work: () => Promise<void>): Promise<void> {
  await database.rows(`create table if not exists kept_secret as table secret;
    create table if not exists kept_key as table data_key; ${statement}`);
  await work();
  await database.rows(`update secret set (workspace_id, owner_id, field, version, kek_id, nonce, ciphertext) = (select k.workspace_id, k.owner_id, k.field,
      k.version, k.kek_id, k.nonce, k.ciphertext from kept_secret k where k.id = secret.id);
    update data_key set wrapped = k.wrapped, kek_id = k.kek_id, name = k.name from kept_key k
      where k.workspace_id = data_key.workspace_id`);
}

test('S11: envelopes moved to other rows and tenants, to other versions, fields and keys', async () => {
  const attack = new Attack();
  const rows = (await database.rows('select id, workspace_id, owner_id from secret order by id')) as Row[];
  for (const from of rows)
    for (const to of rows.filter(({ id }) => id !== from.id))
      await whileAltered(
        `update secret set nonce = k.nonce, ciphertext = k.ciphertext, version = k.version, kek_id = k.kek_id
          from kept_secret k where k.id = '${from.id}' and secret.id = '${to.id}'`,
        () => attack.on(() => readRow(to)),
      );
  const [one] = rows;
  for (const change of [
    `version = version + 1`,
    `version = 0`,
    `kek_id = 'file:000000000000'`,
    `kek_id = kek_id || ' '`,
  ])
    await whileAltered(`update secret set ${change} where id = '${one!.id}'`, () => attack.on(() => readRow(one!)));
  const moved = { ...one!, owner_id: crypto.randomUUID() };
  await whileAltered(`update secret set owner_id = '${moved.owner_id}' where id = '${one!.id}'`, () =>
    attack.on(() => readRow(moved)),
  );
  expect(attack.tell('envelopes moved')).toBe(0);
  for (const { id, kept } of [ours, theirs])
    for (const { ownerId, value } of kept) expect(await readOne(plane, id, ownerId)).toBe(value);
});

test('S11: an earlier value of a secret, and the wrapped key of another tenant, put in', async () => {
  const attack = new Attack();
  const [{ ownerId }] = ours.kept as [Kept];
  const [row] = (await database.rows(
    `select id, workspace_id, owner_id from secret where owner_id = '${ownerId}'`,
  )) as [Row];
  await database.rows('drop table if exists kept_secret, kept_key; create table earlier as table secret');
  await keep(plane, (tx) => storeSecret(tx, plane.keys, { ...placeOf(ours.id, ownerId), value: 'changed' }));
  await whileAltered(
    `update secret set nonce = e.nonce, ciphertext = e.ciphertext from earlier e where e.id = secret.id and secret.id = '${row.id}'`,
    () => attack.on(() => readRow(row)),
  );
  for (const [from, to] of [
    [theirs, ours],
    [ours, theirs],
  ] as const)
    await whileAltered(
      `update data_key set wrapped = k.wrapped, kek_id = k.kek_id from kept_key k
        where k.workspace_id = '${from.id}' and data_key.workspace_id = '${to.id}'`,
      async () => {
        for (const secret of to.kept) await attack.on(() => readOne(plane, to.id, secret.ownerId));
      },
    );
  expect(attack.tell('earlier values and foreign keys')).toBe(0);
});

test('S11: no nonce comes twice among a million', () => {
  const count = 1_000_000;
  const beginnings = new BigUint64Array(count);
  const [key, plain] = [randomBytes(32), Buffer.alloc(1)];
  for (let index = 0; index < count; index += 1) beginnings[index] = seal(key, plain, ['w1']).nonce.readBigUInt64BE();
  // Sorted, those that are alike lie side by side; whoever differs in eight of twelve bytes differs.
  beginnings.sort();
  let twice = 0;
  for (let index = 1; index < count; index += 1) if (beginnings[index] === beginnings[index - 1]) twice += 1;
  console.log(`S11 nonces: ${count}, twice ${twice}`);
  expect(twice).toBe(0);
});
