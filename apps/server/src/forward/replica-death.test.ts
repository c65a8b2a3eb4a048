import type { Bot } from '@clawster/contract/bot';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { pretend } from '@clawster/control-plane/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { sharedInstallation, type SharedInstallation } from '../testing/shared-database.ts';
import { buildReplica, type ReplicaProcess, startReplica } from '../testing/start-replica.ts';

// Whole servers are brought up here, on machines that may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

let built: Awaited<ReturnType<typeof buildReplica>>;
let shared: SharedInstallation;
let running: ReplicaProcess[];
beforeAll(async () => {
  built = await buildReplica();
});
afterAll(() => built.remove());
beforeEach(async () => {
  shared = await sharedInstallation();
  running = [];
});
afterEach(async () => {
  shared.host.dialTo = undefined;
  for (const replica of running) {
    replica.signal('SIGKILL');
    await replica.exited;
  }
  await shared.close();
});

async function start(name: string, before?: (method: string) => Promise<void>): Promise<ReplicaProcess> {
  const environment = await shared.environment(name);
  const replica = await startReplica(built.file, { environment, host: shared.host, ...(before ? { before } : {}) });
  running.push(replica);
  return replica;
}

async function bots(url: string, count: number): Promise<Bot[]> {
  const made = await Promise.all(
    Array.from({ length: count }, (_, index) => shared.client(url).bots.create({ name: `bot-${index}` })),
  );
  return Promise.all(made.map(({ id }) => shared.until(url, id, 'ready')));
}

async function asAdmin(statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: shared.database.adminUrl });
  await admin.connect();
  await admin.query(statement);
  await admin.end();
}

test('a replica that is killed: another takes over its loops and its bots, and nothing is applied twice', async () => {
  const doomed = await start('doomed');
  shared.host.dialTo = doomed.url;
  await shared.signUp(doomed.url, doomed.setupToken ?? '');
  const made = await bots(doomed.url, 5);
  const heir = await start('heir');
  const epochs = made.map(({ id }) => shared.host.supervisor(id).epoch);
  shared.host.dialTo = heir.url;
  doomed.signal('SIGKILL');
  await doomed.exited;

  // A change that only the heir's loops can bring to the bots.
  for (const { id } of made) await shared.client(heir.url).bots.update({ botId: id, personality: 'Be brief.' });
  for (const [index, { id }] of made.entries()) {
    await expect
      .poll(() => shared.host.volumes.get(id)?.supervisor?.epoch, { timeout: 20_000 })
      .toBe((epochs[index] ?? 0) + 1);
    await expect
      .poll(() => shared.host.supervisor(id).configured.at(-1)?.files['SOUL.md'], { timeout: 60_000 })
      .toContain('Be brief.');
    await shared.until(heir.url, id, 'ready');
    expect(shared.host.count('apply', id)).toBe(1);
  }
});

test('a replica that wakes from a pause writes nothing of what it had begun', async () => {
  const gate = Promise.withResolvers<void>();
  let asked = 0;
  let holding = false;
  const zombie = await start('zombie', async (method) => {
    if (!holding || method !== 'inspect') return;
    asked += 1;
    await gate.promise;
  });
  shared.host.dialTo = zombie.url;
  await shared.signUp(zombie.url, zombie.setupToken ?? '');
  const made = await bots(zombie.url, 5);
  holding = true;
  // It sees that each has a change to send, and is paused before it can.
  await asAdmin(`update bot set spec = jsonb_set(spec, '{personality}', '"Old."'), generation = generation + 1,
    reconcile_at = now()`);
  await expect.poll(() => asked, { timeout: 30_000 }).toBe(made.length);
  zombie.signal('SIGSTOP');

  const heir = await start('heir');
  shared.host.dialTo = heir.url;
  for (const { id } of made) shared.host.supervisor(id).crash();
  await pretend.leaseEnded({ db: shared.database.db } as ControlPlane);
  for (const { id } of made) {
    await shared.client(heir.url).bots.update({ botId: id, personality: 'New.' });
    await expect
      .poll(() => shared.host.volumes.get(id)?.supervisor?.configured.at(-1)?.files['SOUL.md'], { timeout: 60_000 })
      .toContain('New.');
    await shared.until(heir.url, id, 'ready');
  }
  const before = await Promise.all(made.map(({ id }) => shared.client(heir.url).bots.get({ botId: id })));

  zombie.signal('SIGCONT');
  gate.resolve();
  // Refused by PostgreSQL, or not let through to it: after a long pause what was asked of it before is given up first.
  const refused = () => zombie.log().match(/A bot could not be reconciled/g)?.length ?? 0;
  await expect.poll(refused, { timeout: 60_000 }).toBeGreaterThanOrEqual(made.length);
  const after = await Promise.all(made.map(({ id }) => shared.client(heir.url).bots.get({ botId: id })));
  for (const [index, bot] of after.entries()) {
    expect(bot.generation).toBe(before[index]?.generation);
    expect(bot.status.phase).toBe('ready');
    expect(shared.host.supervisor(bot.id).configured.at(-1)?.files['SOUL.md']).toContain('New.');
    expect(shared.host.count('apply', bot.id)).toBe(1);
  }
});
