import { copyFile, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createBackup } from '@clawster/control-plane/backup/create-backup';
import { deleteBackup } from '@clawster/control-plane/backup/delete-backup';
import { getBackup } from '@clawster/control-plane/backup/get-backup';
import { listBackups } from '@clawster/control-plane/backup/list-backups';
import { restoreBackup } from '@clawster/control-plane/backup/restore-backup';
import { cloneBot } from '@clawster/control-plane/bot/clone-bot';
import { destroyBot } from '@clawster/control-plane/bot/destroy-bot';
import { listBots } from '@clawster/control-plane/bot/list-bots';
import { startBot } from '@clawster/control-plane/bot/start-bot';
import { listEvents } from '@clawster/control-plane/event/list-events';
import { advanceOperations } from '@clawster/control-plane/operation/advance-operations';
import { cancelOperation } from '@clawster/control-plane/operation/cancel-operation';
import { getOperation } from '@clawster/control-plane/operation/get-operation';
import { pretend } from '@clawster/control-plane/testing';
import { afterEach, expect, test, vi } from 'vitest';
import { newWorkspace, type TestInstallation, testInstallation } from './test-installation.ts';
import { advanceWithKills, untilOver } from './test-operations.ts';

vi.setConfig({ testTimeout: 180_000 });

let installation: TestInstallation;
afterEach(() => installation.close());

const memory = 'the sea is blue '.repeat(100_000);
const readyBot = async (some: Record<string, unknown> = {}) => {
  const bot = await installation.until((await installation.createBot(some)).id, 'ready');
  installation.host.state.remember(bot.id, memory);
  return bot;
};
const backUp = async (botId: string) => {
  const { plane, caller } = installation;
  const { backupId } = await untilOver(installation, await createBackup(plane, caller, { botId }));
  return getBackup(plane, caller, { backupId });
};
const fileOf = ({ id }: { id: string }) => join(installation.plane.settings.backupsDirectory, `${id}.backup`);
const eventsOf = async (subjectId: string) =>
  (await listEvents(installation.plane, installation.caller, { subjectId, limit: 200 })).items.map(({ type }) => type);

test('a backup of a running bot lies encrypted on the disk, and the bot goes on', async () => {
  installation = await testInstallation();
  const { plane, caller, host } = installation;
  const bot = await readyBot();
  const backup = await backUp(bot.id);
  expect(backup).toMatchObject({ botId: bot.id, botName: bot.name, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(await listBackups(plane, caller, { botId: bot.id })).toMatchObject({ items: [backup], total: 1 });
  const { mode, size } = await stat(fileOf(backup));
  expect([mode & 0o777, size]).toEqual([0o600, backup.bytes]);
  expect(await readdir(plane.settings.backupsDirectory)).toEqual([`${backup.id}.backup`]);
  expect((await readFile(fileOf(backup))).includes('the sea')).toBe(false);
  expect(host.count('stop', bot.id)).toBe(0);
  expect(await eventsOf(bot.id)).toContain('backup-created');
  const stranger = await newWorkspace(plane);
  expect(await listBackups(plane, stranger, {})).toMatchObject({ total: 0 });
  for (const verb of [getBackup, deleteBackup, restoreBackup])
    await expect(verb(plane, stranger, { backupId: backup.id })).rejects.toThrow('no such backup');
});

test('a bot gets back what it knew when it was backed up, with its key and its name', async () => {
  installation = await testInstallation();
  const { plane, caller, host } = installation;
  const bot = await readyBot();
  const backup = await backUp(bot.id);
  host.state.remember(bot.id, 'it is green');
  const key = host.supervisor(bot.id).identity.publicKey;
  const operation = await untilOver(installation, await restoreBackup(plane, caller, { backupId: backup.id }));
  expect(operation.steps.map(({ name }) => name)).toEqual(['check', 'stop', 'import', 'start']);
  await installation.until(bot.id, 'ready');
  expect(host.state.memoryOf(bot.id)).toBe(memory);
  expect(host.supervisor(bot.id).identity.publicKey).toBe(key);
  expect(host.count('apply', bot.id)).toBe(2);
  expect(await eventsOf(bot.id)).toContain('backup-restored');
});

test('a backup outlives its bot, and becomes a new one', async () => {
  installation = await testInstallation();
  const { plane, caller, host } = installation;
  const bot = await readyBot({ personality: 'Speak in rhymes.' });
  const backup = await backUp(bot.id);
  await destroyBot(plane, caller, { botId: bot.id, keepStateDays: 0 });
  await installation.until(bot.id, 'destroyed');
  await expect(restoreBackup(plane, caller, { backupId: backup.id })).rejects.toThrow('give a name');
  const operation = await restoreBackup(plane, caller, { backupId: backup.id, name: `${bot.name}-2` });
  expect(operation.botName).toBe(`${bot.name}-2`);
  await untilOver(installation, operation);
  const restored = await installation.until(operation.botId, 'ready');
  expect(restored.spec).toEqual(bot.spec);
  expect(host.state.memoryOf(restored.id)).toBe(memory);
});

test('a clone with memory knows what the other knew, and is not started before', async () => {
  installation = await testInstallation();
  const { plane, caller, host } = installation;
  const bot = await readyBot();
  host.state.delayMs = 1_500;
  const twin = await cloneBot(plane, caller, { botId: bot.id, name: `${bot.name}-2`, memory: true });
  expect(twin.operation).toMatchObject({ kind: 'clone' });
  await expect(startBot(plane, caller, { botId: twin.id })).rejects.toThrow('memory of another');
  expect(host.count('apply', twin.id)).toBe(0);
  await untilOver(installation, { id: twin.operation?.id ?? '' });
  await installation.until(twin.id, 'ready');
  expect(host.state.memoryOf(twin.id)).toBe(memory);
  expect(host.count('stop', bot.id)).toBe(0);
  expect(host.supervisor(twin.id).identity.publicKey).not.toBe(host.supervisor(bot.id).identity.publicKey);
});

test('a clone that is cancelled leaves no bot behind', async () => {
  installation = await testInstallation();
  const { plane, caller, host } = installation;
  const bot = await readyBot();
  host.state.delayMs = 60_000;
  const twin = await cloneBot(plane, caller, { botId: bot.id, name: `${bot.name}-2`, memory: true });
  await expect.poll(() => host.state.exports, { timeout: 60_000 }).toBe(1);
  await cancelOperation(plane, caller, { operationId: twin.operation?.id });
  await untilOver(installation, { id: twin.operation?.id ?? '' }, 'cancelled');
  await installation.until(twin.id, 'destroyed');
  expect((await listBots(plane, caller, {})).items.map(({ name }) => name)).toEqual([bot.name]);
  expect(host.count('apply', twin.id)).toBe(0);
});

test('backup, restore and clone go on when their workers are killed before and after every step', async () => {
  installation = await testInstallation({ without: 'advance-operations' });
  const { plane, caller, host } = installation;
  const bot = await readyBot();
  const backup = await createBackup(plane, caller, { botId: bot.id });
  expect(await advanceWithKills(installation, backup)).toHaveLength(4);
  await untilOver(installation, backup);
  expect(await listBackups(plane, caller, {})).toMatchObject({ total: 1 });
  expect(await readdir(plane.settings.backupsDirectory)).toHaveLength(1);
  expect((await eventsOf(bot.id)).filter((type) => type === 'backup-created')).toHaveLength(1);

  host.state.remember(bot.id, 'it is green');
  const restore = await restoreBackup(plane, caller, { backupId: backup.backupId });
  expect(await advanceWithKills(installation, restore)).toHaveLength(8);
  await untilOver(installation, restore);
  expect(host.state.memoryOf(bot.id)).toBe(memory);

  const twin = await cloneBot(plane, caller, { botId: bot.id, name: `${bot.name}-2`, memory: true });
  const clone = { id: twin.operation?.id ?? '' };
  expect(await advanceWithKills(installation, clone)).toHaveLength(4);
  await untilOver(installation, clone);
  expect(host.state.memoryOf(twin.id)).toBe(memory);
  for (const { id } of [bot, twin]) await installation.until(id, 'ready');
});

test('a backup that is cancelled when its worker died after listing it is neither listed nor on the disk', async () => {
  installation = await testInstallation({ without: 'advance-operations' });
  const { plane, caller } = installation;
  const bot = await readyBot();
  const operation = await createBackup(plane, caller, { botId: bot.id });
  const { signal } = new AbortController();
  await advanceOperations(installation.replica('first'), signal, (_, step, when) => {
    if (step === 'verify' && when === 'after') throw new Error('killed');
  });
  expect(await listBackups(plane, caller, {})).toMatchObject({ total: 1 });
  await cancelOperation(plane, caller, { operationId: operation.id });
  await pretend.operationLeaseEnded(plane);
  await advanceOperations(installation.replica('second'), signal);
  await untilOver(installation, operation, 'cancelled');
  expect(await listBackups(plane, caller, {})).toMatchObject({ total: 0 });
  expect(await readdir(plane.settings.backupsDirectory)).toEqual([]);
  expect(await eventsOf(bot.id)).toContain('backup-deleted');
});

test('a backup that cannot be written keeps no host at work', async () => {
  installation = await testInstallation({ without: 'advance-operations' });
  const { plane, caller, host } = installation;
  const bot = await readyBot();
  plane.settings.backupsDirectory = '/dev/null/backups';
  host.state.delayMs = 60_000;
  const { id } = await createBackup(plane, caller, { botId: bot.id });
  await advanceOperations(plane, new AbortController().signal);
  expect(await getOperation(plane, caller, { operationId: id })).toMatchObject({
    reason: expect.stringContaining('ENOTDIR'),
  });
  expect([host.state.exports, host.state.open]).toEqual([1, 0]);
});

test('a bot whose target brings its OpenClaw is backed up and restored without one on this machine', async () => {
  installation = await testInstallation({ runtimes: { installed: async () => undefined } });
  const { plane, caller, host } = installation;
  host.bringsRuntime = true;
  const bot = await readyBot();
  const backup = await backUp(bot.id);
  host.state.remember(bot.id, 'something else');
  await untilOver(installation, await restoreBackup(plane, caller, { backupId: backup.id }));
  expect(host.state.memoryOf(bot.id)).toBe(memory);
});

test('a file that is not as it was written is refused before the bot is touched', async () => {
  installation = await testInstallation();
  const { plane, caller, host } = installation;
  const bot = await readyBot();
  const [backup, other] = [await backUp(bot.id), await backUp(bot.id)];
  const good = await readFile(fileOf(backup));
  const flipped = Buffer.from(good);
  flipped[good.length - 100] = (flipped[good.length - 100] ?? 0) ^ 1;
  const fails = async (reason: RegExp) => {
    const operation = await restoreBackup(plane, caller, { backupId: backup.id });
    expect((await untilOver(installation, operation, 'failed')).reason).toMatch(reason);
  };
  await writeFile(fileOf(backup), flipped);
  await fails(/not as it was written/);
  await writeFile(fileOf(backup), good.subarray(0, -1));
  await fails(/not as it was written/);
  await copyFile(fileOf(other), fileOf(backup));
  await fails(/that of another/);
  await deleteBackup(plane, caller, { backupId: other.id });
  await writeFile(fileOf(backup), 'no backup at all');
  await fails(/damaged from its first line/);
  await deleteBackup(plane, caller, { backupId: backup.id });
  expect(await readdir(plane.settings.backupsDirectory)).toEqual([]);
  expect(host.count('stop', bot.id)).toBe(0);
});

test('a backup in use is not deleted, a bot is backed up once at a time, and a cancelled backup leaves no file', async () => {
  installation = await testInstallation();
  const { plane, caller, host } = installation;
  const bot = await readyBot();
  const backup = await backUp(bot.id);
  host.state.delayMs = 60_000;
  const running = await createBackup(plane, caller, { botId: bot.id });
  await expect(createBackup(plane, caller, { botId: bot.id })).rejects.toThrow('already');
  await expect(restoreBackup(plane, caller, { backupId: backup.id })).rejects.toThrow('already');
  await expect.poll(() => host.state.exports, { timeout: 60_000 }).toBe(2);
  await cancelOperation(plane, caller, { operationId: running.id });
  await untilOver(installation, running, 'cancelled');
  expect(await readdir(plane.settings.backupsDirectory)).toEqual([`${backup.id}.backup`]);
  host.state.forget(bot.id);
  const empty = await untilOver(installation, await createBackup(plane, caller, { botId: bot.id }), 'failed');
  expect(empty.reason).toContain('has not been started yet');
});
