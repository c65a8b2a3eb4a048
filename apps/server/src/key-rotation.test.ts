import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyJob } from '@clawster/contract/key';
import { keyPlane, type Kept, newOwner, readOne, storeSecrets } from '@clawster/control-plane/key/testing';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { whyNotOpenSecrets } from '@clawster/control-plane/secret/check-keys';
import { openKeyFile } from '@clawster/control-plane/secret/key-wrapper';
import { keyRing } from '@clawster/control-plane/secret/key-ring';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { sharedInstallation, type SharedInstallation } from './testing/shared-database.ts';
import { buildReplica, type ReplicaProcess, startReplica } from './testing/start-replica.ts';

// Whole servers are brought up here, on machines that may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

let built: Awaited<ReturnType<typeof buildReplica>>;
let shared: SharedInstallation;
let running: ReplicaProcess[];
let environment: Record<string, string>;
/** Key files: the one the installation began with, and the one it is to have. */
let old: string;
let next: string;
/** The installation with both keys, in this process, for who only reads. */
let plane: ControlPlane;

beforeAll(async () => {
  built = await buildReplica();
});
afterAll(() => built.remove());
beforeEach(async () => {
  shared = await sharedInstallation();
  running = [];
  environment = await shared.environment('server');
  old = join(environment['CLAWSTER_DATA_DIR'] ?? '', 'kek');
  next = join(dirname(old), 'next-kek');
  await writeFile(next, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  const keys = keyRing({ current: await openKeyFile(next), former: [await openKeyFile(old)] });
  plane = keyPlane(shared.database.db, keys);
});
afterEach(async () => {
  for (const replica of running) await kill(replica);
  await shared.close();
});

async function kill(replica: ReplicaProcess): Promise<void> {
  replica.signal('SIGKILL');
  await replica.exited;
}

async function start(keys: Record<string, string> = {}): Promise<ReplicaProcess> {
  const replica = await startReplica(built.file, { environment: { ...environment, ...keys }, host: shared.host });
  running.push(replica);
  return replica;
}

const both = () => ({ CLAWSTER_KEY: `file:${next}`, CLAWSTER_FORMER_KEYS: `file:${old}` });

/** Reads one secret after another, about a hundred a second, until it is told to stop. */
function readAlong(workspaceId: string, kept: Kept[]) {
  const ended = new AbortController();
  const failed: unknown[] = [];
  let reads = 0;
  const readsOne = async () => {
    const secret = kept[(reads += 1) % kept.length]!;
    const value = await readOne(plane, workspaceId, secret.ownerId).catch((error: unknown) => error);
    if (value !== secret.value) failed.push(value);
  };
  const reading = (async () => {
    while (!ended.signal.aborted) await Promise.all([readsOne(), sleep(10)]);
  })();
  return async () => {
    ended.abort();
    await reading;
    return { reads, failed };
  };
}

/** The replica is killed in the middle of the job, and another goes on when the lease has ended, which is pretended. */
async function killedHalfWay(replica: ReplicaProcess, job: KeyJob): Promise<{ doneWhenKilled: number; ended: KeyJob }> {
  const jobId = job.id;
  const at = async (url: string) => shared.client(url).keys.getJob({ jobId });
  let seen = job;
  while (seen.done < job.left / 4) seen = await at(replica.url);
  await kill(replica);
  const [row] = await shared.database.rows(`select done, ended_at from key_job where id = '${jobId}'`);
  expect(row).toMatchObject({ ended_at: null });
  await shared.database.rows('update key_job set leased_until = now()');
  const heir = await start(both());
  await expect.poll(async () => (await at(heir.url)).endedAt, { timeout: 90_000 }).toBeDefined();
  return { doneWhenKilled: Number(row?.['done']), ended: await at(heir.url) };
}

async function signUp(replica: ReplicaProcess): Promise<string> {
  await shared.signUp(replica.url, replica.setupToken ?? '');
  return (await shared.client(replica.url).sessions.current()).workspace.id;
}

const count = async (query: string) =>
  Number((await shared.database.rows(`select count(*) as count from ${query}`))[0]?.['count']);

test('S12: all keys are wrapped anew while secrets are read, with kill -9 half-way; the old key is good until nothing is under it', async () => {
  const first = await start();
  const workspaceId = await signUp(first);
  await kill(first);
  const before = keyPlane(shared.database.db, keyRing({ current: await openKeyFile(old) }));
  const kept = await storeSecrets(before, workspaceId, 100);
  for (let others = 0; others < 400; others += 1) await newOwner(before);

  const replica = await start(both());
  const stop = readAlong(workspaceId, kept);
  const job = await shared.client(replica.url).keys.rewrap();
  const { doneWhenKilled, ended } = await killedHalfWay(replica, job);
  const { reads, failed } = await stop();

  console.log(
    `S12 wrapped anew: ${reads} reads, failed ${failed.length}; ${doneWhenKilled} of ${ended.done} keys done when killed`,
  );
  expect(failed).toEqual([]);
  expect(doneWhenKilled).toBeLessThan(ended.done);
  expect(await count(`data_key where kek_id <> '${plane.keys.id}'`)).toBe(0);
  const alone = keyPlane(shared.database.db, keyRing({ current: await openKeyFile(next) }));
  expect(await whyNotOpenSecrets(alone)).toBeUndefined();
  expect(await readOne(alone, workspaceId, kept[0]!.ownerId)).toBe(kept[0]!.value);
});

test('S12: all secrets are encrypted anew while they are read, with kill -9 half-way; the old data key is there until nothing is under it', async () => {
  const replica = await start(both());
  const workspaceId = await signUp(replica);
  const kept = await storeSecrets(plane, workspaceId, 3_000);
  const stop = readAlong(workspaceId, kept);
  const job = await shared.client(replica.url).keys.reencrypt();
  const { doneWhenKilled, ended } = await killedHalfWay(replica, job);
  await expect.poll(() => count(`data_key where workspace_id = '${workspaceId}'`), { timeout: 20_000 }).toBe(2);
  const { reads, failed } = await stop();

  console.log(
    `S12 encrypted anew: ${reads} reads, failed ${failed.length}; ${doneWhenKilled} of ${ended.done} secrets done when killed`,
  );
  expect(failed).toEqual([]);
  expect(doneWhenKilled).toBeLessThan(3_000);
  expect(await count(`secret where kek_id not in (select name from data_key where retired_at is null)`)).toBe(0);
  // The answers kept under Idempotency-Keys are under the old one for a day.
  await shared.database.rows('delete from idempotency');
  await expect.poll(() => count(`data_key where workspace_id = '${workspaceId}'`), { timeout: 20_000 }).toBe(1);
  for (const { ownerId, value } of kept.slice(0, 50)) expect(await readOne(plane, workspaceId, ownerId)).toBe(value);
});

test('a server without the key that wrapped, or with one too few, does not start and says which is missing', async () => {
  const first = await start();
  await signUp(first);
  await kill(first);
  await expect(start({ CLAWSTER_KEY: `file:${next}` })).rejects.toThrow(
    /encrypted with the key file:.*Put the right key file back/,
  );
  await expect(start({ CLAWSTER_KEY: `file:${next}`, CLAWSTER_FORMER_KEYS: 'file:/nowhere/kek' })).rejects.toThrow(
    'The former key /nowhere/kek is not there',
  );
  expect((await start(both())).url).toBeDefined();
});
