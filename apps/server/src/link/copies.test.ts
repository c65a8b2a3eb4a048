import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getBot } from '@clawster/control-plane/bot/get-bot';
import { redeployBot } from '@clawster/control-plane/bot/redeploy-bot';
import { startBot } from '@clawster/control-plane/bot/start-bot';
import { updateBot } from '@clawster/control-plane/bot/update-bot';
import { whyOvertaken } from '@clawster/control-plane/installation/overtaken';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { keyWrapper } from '@clawster/control-plane/secret/key-wrapper';
import { listTargets } from '@clawster/control-plane/target/list-targets';
import { probeTargets } from '@clawster/control-plane/target/probe-targets';
import { pretend } from '@clawster/control-plane/testing';
import { verifyBackup } from '@clawster/database/backup/read-backup';
import { restoreBackup } from '@clawster/database/backup/restore-backup';
import { writeBackup } from '@clawster/database/backup/write-backup';
import { type TestDatabase, testDatabase } from '@clawster/database/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StandInHost } from './stand-in-host.ts';
import { testInstallation, type TestInstallation } from './test-installation.ts';

// Whole bots are brought up here, on machines that may be busy.
vi.setConfig({ testTimeout: 180_000 });

const passphrase = 'a passphrase for tests';
const keys = keyWrapper(randomBytes(32));
let folder: string;
let host: StandInHost;
let open: TestInstallation[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clawster-copies-'));
  host = new StandInHost();
  host.comesAgain = true;
  open = [];
});
afterEach(async () => {
  host.comesAgain = false;
  for (const installation of open) await installation.close();
  await rm(folder, { recursive: true });
});

async function start(options: Parameters<typeof testInstallation>[0] = {}): Promise<TestInstallation> {
  const installation = await testInstallation({ host, keys, ...options });
  open.push(installation);
  return installation;
}

const file = () => join(folder, 'backup');
const backUp = ({ database }: TestInstallation) =>
  writeBackup(database.url, {
    file: file(),
    overwrite: false,
    passphrase,
    key: randomBytes(32),
    about: { clawster: '0.0.0', dataDirectory: folder },
    sealing: { cost: 2 ** 14, chunkBytes: 65_536 },
  });

async function restore(options: { startMissing?: boolean } = {}): Promise<TestDatabase> {
  const database = await testDatabase({ empty: true });
  const source = { file: file(), passphrase };
  await restoreBackup(database.url, {
    source,
    verified: (await verifyBackup(source)).manifest,
    epoch: 2,
    dataDirectory: folder,
    startMissing: options.startMissing ?? false,
    beforeCommit: async () => undefined,
  });
  return database;
}

const phaseAt = async ({ plane }: { plane: ControlPlane }, { caller }: TestInstallation, botId: string) => {
  const { status } = await getBot(plane, caller, { botId });
  return `${status.phase}: ${status.reason}`;
};

test('a restored copy takes over bots as they run; the original notices, and touches nothing any more', async () => {
  const original = await start();
  const bot = await original.createBot();
  const idle = await original.createBot({ start: false });
  await original.until(bot.id, 'ready');
  await backUp(original);
  // What the backup does not know: a change, a new workload, a new bot.
  await updateBot(original.plane, original.caller, { botId: bot.id, personality: 'Speak in rhymes.' });
  await redeployBot(original.plane, original.caller, { botId: bot.id });
  await expect.poll(() => host.count('start', bot.id), { timeout: 60_000 }).toBe(2);
  const late = await original.createBot();
  await Promise.all([original.until(bot.id, 'ready'), original.until(late.id, 'ready')]);

  const copy = await start({ database: await restore() });
  await pretend.silence(copy.plane, bot.id);
  await expect.poll(() => phaseAt(copy, original, bot.id), { timeout: 60_000 }).toBe('ready: Ready');
  await expect.poll(() => phaseAt(original, original, bot.id), { timeout: 60_000 }).toContain('obeys a newer copy');
  expect(host.supervisor(bot.id).configured.at(-1)?.files['SOUL.md']).not.toContain('rhymes');

  await startBot(original.plane, original.caller, { botId: idle.id });
  await redeployBot(copy.plane, original.caller, { botId: bot.id });
  await expect.poll(() => host.count('start', bot.id), { timeout: 60_000 }).toBe(3);
  await expect.poll(() => phaseAt(copy, original, bot.id), { timeout: 60_000 }).toBe('ready: Ready');
  await sleep(2_000);
  expect(host.count('start', bot.id)).toBe(3);
  expect(host.count('stop', bot.id)).toBe(0);
  expect(host.count('start', idle.id)).toBe(0);
  expect(await whyOvertaken(original.plane)).toContain('A newer copy of this Clawster');
  expect(await whyOvertaken(copy.plane)).toBeUndefined();
  expect(original.logged.filter(({ message }) => message.includes('newer copy')).length).toBe(1);

  await probeTargets(copy.plane, new AbortController().signal);
  const { items } = await listTargets(copy.plane, original.caller, {});
  expect(items[0]?.orphans).toEqual([{ botId: late.id, name: late.name }]);
});

test('a bot that is not found after a restore is not started a second time, until someone says so', async () => {
  const original = await start();
  const bot = await original.createBot();
  await original.until(bot.id, 'ready');
  await backUp(original);
  const elsewhere = new StandInHost();
  const copy = await start({ database: await restore(), host: elsewhere });
  await expect.poll(() => phaseAt(copy, original, bot.id), { timeout: 60_000 }).toContain('Not found on its target');
  await sleep(3_000);
  expect(elsewhere.calls).toEqual([]);
  await original.until(bot.id, 'ready');
  await redeployBot(copy.plane, original.caller, { botId: bot.id });
  await expect.poll(() => elsewhere.count('start', bot.id), { timeout: 60_000 }).toBe(1);
});

test('a bot whose machine is gone for good is started anew by a restore that says so', async () => {
  const original = await start();
  const bot = await original.createBot();
  await original.until(bot.id, 'ready');
  await backUp(original);
  const elsewhere = new StandInHost();
  await start({ database: await restore({ startMissing: true }), host: elsewhere });
  await expect.poll(() => elsewhere.count('start', bot.id), { timeout: 60_000 }).toBe(1);
  expect(await readdir(folder)).toEqual(['backup']);
});
