import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getBot } from '@clawster/control-plane/bot/get-bot';
import { redeployBot } from '@clawster/control-plane/bot/redeploy-bot';
import { stopBot } from '@clawster/control-plane/bot/stop-bot';
import { whyOvertaken } from '@clawster/control-plane/installation/overtaken';
import { keyWrapper } from '@clawster/control-plane/secret/key-wrapper';
import { pretend } from '@clawster/control-plane/testing';
import { verifyBackup } from '@clawster/database/backup/read-backup';
import { restoreBackup } from '@clawster/database/backup/restore-backup';
import { writeBackup } from '@clawster/database/backup/write-backup';
import { testDatabase } from '@clawster/database/testing';
import { installStandIn } from '@clawster/gateway/stand-in/runtime';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { targetConnections } from '../target-connections.ts';
import { testInstallation, type TestInstallation } from './test-installation.ts';

// The real supervisor as a process of this machine, with a stand-in for OpenClaw: the whole story of a restore.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const waitMs = 120_000;
const supervisorFile = join(import.meta.dirname, '../../../supervisor/src/main.ts');
const keys = keyWrapper(randomBytes(32));
let folder: string;
let original: TestInstallation;
let copy: TestInstallation | undefined;
let botId: string;

const surroundings = () => ({
  dataDirectory: folder,
  installation: 'copies',
  linkDirectory: undefined,
  egressFile: '/nowhere',
  keyOf: async () => undefined,
});

async function start(some: Parameters<typeof testInstallation>[0] = {}): Promise<TestInstallation> {
  const runtime = await installStandIn(join(folder, 'runtime'));
  const { connectTarget } = targetConnections(surroundings());
  const runtimes = { installed: async () => runtime, install: async () => runtime };
  return testInstallation({ keys, connectTarget, runtimes, supervisorFile, ...some });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clawster-copies-'));
  original = await start();
  botId = (await original.createBot()).id;
});
afterAll(async () => {
  // Those that would start it again first.
  await original.close();
  await copy?.close();
  const target = await targetConnections(surroundings()).connectTarget({ id: '', kind: 'process', settings: {} });
  await target.remove(botId, { deleteState: true });
  await rm(folder, { recursive: true });
});

const pids = async () =>
  Promise.all(
    ['supervisor.json', 'gateway.pid'].map(async (name) => {
      const text = await readFile(join(folder, 'bots', botId, name), 'utf8').catch(() => '{}');
      return (JSON.parse(text) as { pid?: number }).pid;
    }),
  );
const phaseAt = async ({ plane }: TestInstallation) => (await getBot(plane, original.caller, { botId })).status.phase;

test('a restored copy takes a bot of this machine over without its noticing, and alone has it from then on', async () => {
  await expect.poll(() => phaseAt(original), { timeout: waitMs }).toBe('ready');
  const file = join(folder, 'backup');
  await writeBackup(original.database.url, {
    file,
    overwrite: false,
    passphrase: 'a passphrase for tests',
    key: randomBytes(32),
    about: { clawster: '0.0.0', dataDirectory: folder },
  });
  const before = await pids();
  const source = { file, passphrase: 'a passphrase for tests' };
  const database = await testDatabase({ empty: true });
  await restoreBackup(database.url, {
    source,
    verified: (await verifyBackup(source)).manifest,
    epoch: 2,
    dataDirectory: join(folder, 'restored'),
    startMissing: false,
    beforeCommit: async () => undefined,
  });
  copy = await start({ database });
  await pretend.silence(copy.plane, botId);
  await expect.poll(() => phaseAt(copy as TestInstallation), { timeout: waitMs }).toBe('ready');
  await expect.poll(() => phaseAt(original), { timeout: waitMs }).toBe('unknown');
  expect(await whyOvertaken(original.plane)).toContain('newer copy');
  expect(await pids()).toEqual(before);

  await stopBot(original.plane, original.caller, { botId });
  await redeployBot(copy.plane, original.caller, { botId });
  await expect.poll(async () => (await pids())[0] !== before[0], { timeout: waitMs }).toBe(true);
  await expect.poll(() => phaseAt(copy as TestInstallation), { timeout: waitMs }).toBe('ready');
  expect(await phaseAt(original)).toBe('unknown');
});
