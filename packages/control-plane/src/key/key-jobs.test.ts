import { type TestDatabase, testDatabase } from '@clawster/database/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SignedIn } from '../caller.ts';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { openTotp, sealTotp } from '../second-factor/totp-secret.ts';
import { findTotpById, offerTotp } from '../second-factor/factor.queries.ts';
import { whyNotOpenSecrets } from '../secret/check-keys.ts';
import { openDataKey } from '../secret/data-key.ts';
import { keyRing } from '../secret/key-ring.ts';
import { storeSecret } from '../secret/store-secret.ts';
import { advanceKeyJobs } from './advance-key-jobs.ts';
import { beginReencryption } from './begin-reencryption.ts';
import { beginRewrap } from './begin-rewrap.ts';
import { getKeyJob } from './get-key-job.ts';
import { listKeys } from './list-keys.ts';
import { tablesUnderDataKeys } from './retired-keys.ts';
import { keyPlane, newKey, newOwner, placeOf, readOne, storeSecrets } from './testing.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.close());

const signal = new AbortController().signal;
const advance = (plane: ControlPlane) => advanceKeyJobs(plane, signal);
const dataKeys = (workspaceId: string) =>
  database.rows(`select coalesce(name, kek_id) as name, kek_id, retired_at from data_key
    where workspace_id = '${workspaceId}' order by created_at`);

async function oneWorkspace(
  plane = keyPlane(database.db),
): Promise<{ plane: ControlPlane; owner: SignedIn; id: string }> {
  const owner = await newOwner(plane);
  return { plane, owner, id: owner.workspaceId };
}

describe('wrapping anew', () => {
  test('puts every key under the current one; what was sealed before opens as before, also without the former key', async () => {
    const [former, current] = [newKey(), newKey()];
    const { plane: before, owner, id } = await oneWorkspace(keyPlane(database.db, keyRing({ current: former })));
    await whyNotOpenSecrets(before);
    const [secret] = await storeSecrets(before, id, 3);
    const plane = keyPlane(database.db, keyRing({ current, former: [former] }));

    const begun = await beginRewrap(plane, owner, {});
    expect(begun).toMatchObject({ kind: 'rewrap', done: 0, left: 2 });
    await expect(beginRewrap(plane, owner, {})).rejects.toThrow('This goes on already');
    await advance(plane);

    expect(await getKeyJob(plane, owner, { jobId: begun.id })).toMatchObject({
      done: 2,
      left: 0,
      endedAt: expect.any(String),
    });
    expect((await dataKeys(id)).map(({ kek_id }) => kek_id)).toEqual([current.id]);
    const alone = keyPlane(database.db, keyRing({ current }));
    expect(await whyNotOpenSecrets(alone)).toBeUndefined();
    expect(await readOne(alone, id, secret!.ownerId)).toBe('canary-0');
    await storeSecrets(alone, id, 1);
    expect(await whyNotOpenSecrets(before)).toContain(`encrypted with the key ${current.id}`);
  });

  test('does the others when one key cannot be opened, and then says which key it is about', async () => {
    const [former, current] = [newKey(), newKey()];
    const { plane, owner, id } = await oneWorkspace(keyPlane(database.db, keyRing({ current: former })));
    const other = await newOwner(plane);
    await database.rows(`update data_key set wrapped = wrapped || '\\x00' where workspace_id = '${other.workspaceId}'`);
    const next = keyPlane(database.db, keyRing({ current, former: [former] }));
    const { id: jobId } = await beginRewrap(next, owner, {});
    await advance(next);
    expect((await dataKeys(id))[0]).toMatchObject({ kek_id: current.id });
    expect(await getKeyJob(next, owner, { jobId })).toMatchObject({
      left: 1,
      trouble: expect.stringContaining('was altered'),
      nextTryAt: expect.any(String),
    });
  });
});

describe('encrypting anew', () => {
  test('puts every secret under a new data key, with its value and version; the old one is deleted when nothing is under it', async () => {
    const { plane, owner, id } = await oneWorkspace();
    const kept = await storeSecrets(plane, id, 120);
    const before = await database.rows(`select id, version, updated_at, ciphertext from secret order by id`);
    const [old] = await dataKeys(id);

    const begun = await beginReencryption(plane, owner, {});
    expect(begun).toMatchObject({ kind: 'reencrypt', left: 120 });
    expect(await readOne(plane, id, kept[7]!.ownerId)).toBe('canary-7');
    await storeSecrets(plane, id, 1);
    await advance(plane);

    expect(await getKeyJob(plane, owner, { jobId: begun.id })).toMatchObject({ done: 120, left: 0 });
    for (const { ownerId, value } of kept) expect(await readOne(plane, id, ownerId)).toBe(value);
    const after = await database.rows(`select id, version, updated_at, ciphertext from secret order by id`);
    const places = (rows: typeof after) =>
      rows.map(({ id: row, version, updated_at }) => ({ row, version, updated_at }));
    expect(places(after)).toEqual(expect.arrayContaining(places(before)));
    const texts = new Set(before.map(({ ciphertext }) => String(ciphertext)));
    expect(after.filter(({ ciphertext }) => texts.has(String(ciphertext)))).toEqual([]);
    expect(await dataKeys(id)).toMatchObject([{ retired_at: null, name: expect.stringMatching(/^key:/) }]);
    expect((await dataKeys(id))[0]?.['name']).not.toBe(old?.['name']);
  });

  test('waits for a transaction that seals under the old key, and leaves nothing under it', async () => {
    const { plane, owner, id } = await oneWorkspace();
    const [secret] = await storeSecrets(plane, id, 1);
    const opened = Promise.withResolvers<void>();
    const late = keep(plane, async (tx) => {
      await openDataKey(tx, plane.keys, id);
      opened.resolve();
      await beginReencryption(plane, owner, {});
      // The same transaction seals under the key that was current when it looked.
      const { key, kekId } = { key: 'late', kekId: (await dataKeys(id))[0]?.['name'] };
      await tx
        .insertInto('secret')
        .values({
          workspaceId: id,
          ownerKind: 'bot',
          ownerId: secret!.ownerId,
          field: key,
          kekId: String(kekId),
          nonce: Buffer.alloc(12),
          ciphertext: Buffer.alloc(17),
        })
        .execute();
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    await opened.promise;
    await new Promise((resolve) => setTimeout(resolve, 100));
    const passes = advance(plane);
    await Promise.all([late, passes]);
    expect((await dataKeys(id)).map(({ retired_at }) => retired_at === null)).toEqual([false, true]);
    expect(
      await database.rows(`select id from key_job where workspace_id = '${id}' and ended_at is null`),
    ).toHaveLength(1);
  });

  test.each(['backup', 'idempotency'])('keeps the old key while a row of %s is under it', async (table) => {
    const { plane, owner, id } = await oneWorkspace();
    const [old] = await dataKeys(id);
    const values = {
      // Of no bot, which is nothing to this.
      backup: `set session_replication_role = replica; insert into backup (id, workspace_id, bot_id, bot_name, spec, target_id, kek_id, bytes, sha256)
        values (gen_random_uuid(), '${id}', gen_random_uuid(), 'x', '{}', gen_random_uuid(), '${String(old?.['name'])}', 1, 'x')`,
      idempotency: `insert into idempotency (workspace_id, caller_id, key, kek_id, nonce, ciphertext)
        values ('${id}', gen_random_uuid(), 'x', '${String(old?.['name'])}', '\\x', '\\x')`,
    };
    await database.rows(values[table as keyof typeof values]);
    await beginReencryption(plane, owner, {});
    await advance(plane);
    expect(await dataKeys(id)).toHaveLength(2);
    expect((await listKeys(plane, owner, {})).retired).toMatchObject({ keys: 1, secrets: 0 });
    await database.rows(`delete from ${table} where workspace_id = '${id}'`);
    await advance(plane);
    expect(await dataKeys(id)).toHaveLength(1);
  });

  test('second factors go under a new key of the installation, and a row read before still opens', async () => {
    const { plane, owner, id } = await oneWorkspace();
    const [person] = await database.rows(
      `insert into person (name, email, password_hash) values ('Ada', '${id}@example.com', 'x') returning id`,
    );
    const personId = String(person?.['id']);
    const row = await sealTotp(plane, personId, 'JBSWY3DP');
    await keep(plane, (tx) => offerTotp(tx, { ...row, personId }));
    await beginReencryption(plane, owner, {});
    await advance(plane);
    const after = await systemQuery(plane, (tx) => findTotpById(tx, row.id));
    expect(after?.kekId).toMatch(/^key:/);
    expect(await openTotp(plane, personId, after!)).toBe('JBSWY3DP');
    await database.rows(`delete from installation_key where retired_at is not null`);
    expect(await openTotp(plane, personId, row)).toBe('JBSWY3DP');
  });

  test('goes on after a trouble, and tells it meanwhile', async () => {
    const { plane, owner, id } = await oneWorkspace();
    await storeSecrets(plane, id, 60);
    const { id: jobId } = await beginReencryption(plane, owner, {});
    const broken = keyPlane(database.db, {
      ...plane.keys,
      unwrap: () => Promise.reject(new Error('The vault is away')),
    });
    await advance(broken);
    expect(await getKeyJob(plane, owner, { jobId })).toMatchObject({ left: 60, trouble: 'The vault is away' });
    await database.rows(`update key_job set next_try_at = now()`);
    await advance(plane);
    expect(await getKeyJob(plane, owner, { jobId })).toMatchObject({ done: 60, left: 0 });
  });
});

describe('the keys that are listed', () => {
  test('are the current, former and missing ones, with what is under each', async () => {
    const [former, current, lost] = [newKey(), newKey(), newKey()];
    const { plane: before, owner, id } = await oneWorkspace(keyPlane(database.db, keyRing({ current: former })));
    await storeSecrets(before, id, 2);
    await newOwner(keyPlane(database.db, keyRing({ current: lost })));
    const plane = keyPlane(database.db, keyRing({ current, former: [former] }));
    const { items, jobs } = await listKeys(plane, owner, {});
    expect(items).toMatchObject([
      { id: current.id, use: 'current', kind: 'file', dataKeys: 0, secrets: 0, lookedAt: expect.any(String) },
      { id: former.id, use: 'former', dataKeys: 1, secrets: 2 },
      { id: lost.id, use: 'missing', dataKeys: 1, secrets: 0 },
    ]);
    expect(jobs).toEqual([]);
  });

  test('are told to owners alone', async () => {
    const { plane, owner } = await oneWorkspace();
    const admin = {
      ...owner,
      permissions: new Set([...owner.permissions].filter((one) => one !== 'workspace:manage')),
    };
    for (const ask of [listKeys, beginRewrap, beginReencryption])
      await expect(ask(plane, admin, {})).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('every table that names a key is known to what deletes keys', async () => {
    const rows = await database.rows(`select table_name from information_schema.columns
      where column_name = 'kek_id' and table_schema = 'public'`);
    const known = [...tablesUnderDataKeys, 'data_key', 'installation_key', 'totp'];
    expect(rows.map(({ table_name }) => String(table_name)).toSorted()).toEqual(known.toSorted());
  });
});

test('a secret that is changed while all are encrypted anew is what it was changed to', async () => {
  const { plane, owner, id } = await oneWorkspace();
  const kept = await storeSecrets(plane, id, 100);
  await beginReencryption(plane, owner, {});
  const changed = kept.map(({ ownerId }, index) =>
    keep(plane, (tx) => storeSecret(tx, plane.keys, { ...placeOf(id, ownerId), value: `changed-${index}` })),
  );
  await Promise.all([advance(plane), ...changed]);
  for (const [index, { ownerId }] of kept.entries()) expect(await readOne(plane, id, ownerId)).toBe(`changed-${index}`);
});
