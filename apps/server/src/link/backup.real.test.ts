import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bot } from '@clawster/contract/bot';
import { createBackup } from '@clawster/control-plane/backup/create-backup';
import { restoreBackup } from '@clawster/control-plane/backup/restore-backup';
import { destroyBot } from '@clawster/control-plane/bot/destroy-bot';
import { getBot } from '@clawster/control-plane/bot/get-bot';
import { moveBot } from '@clawster/control-plane/bot/move-bot';
import { addTarget } from '@clawster/control-plane/testing';
import { listMessages } from '@clawster/control-plane/turn/list-messages';
import { startTurn } from '@clawster/control-plane/turn/start-turn';
import { testRuntime } from '@clawster/runtime/testing';
import { builtIn } from '@clawster/target-built-in/built-in';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestInstallation, testInstallation } from './test-installation.ts';
import { untilOver } from './test-operations.ts';

/** A first start on a busy machine; the test starts a bot three times. */
const startMs = 600_000;
let root: string;
let installation: TestInstallation;
const bots: string[] = [];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'clawster-real-'));
  const runtime = await testRuntime();
  const machine = builtIn.find(({ kind }) => kind === 'process');
  installation = await testInstallation({
    supervisorFile: join(import.meta.dirname, '../../../supervisor/src/main.ts'),
    runtimes: { installed: async () => runtime },
    connectTarget: async ({ settings }) => {
      const directory = join(root, (settings as { name?: string }).name ?? 'here');
      if (!machine) throw new Error('This machine is no target');
      return machine.connect(machine.settings.parse({ directory }));
    },
  });
});
afterAll(async () => {
  const { plane, caller } = installation;
  for (const botId of bots) {
    const bot = await getBot(plane, caller, { botId });
    if (bot.spec.desired !== 'destroyed') await destroyBot(plane, caller, { botId, keepStateDays: 0 });
    await phase(botId, 'destroyed');
  }
  await installation.close();
  await rm(root, { recursive: true, force: true });
});

async function phase(botId: string, wanted: Bot['status']['phase']): Promise<void> {
  const { plane, caller } = installation;
  const deadline = Date.now() + startMs;
  for (;;) {
    const { status } = await getBot(plane, caller, { botId });
    if (status.phase === wanted) return;
    if (Date.now() > deadline)
      throw new Error(`The bot is not ${wanted} but ${status.phase}: ${status.reason}\n${await lastLines(botId)}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function lastLines(botId: string): Promise<string> {
  const files = await Promise.all(
    ['here', 'there'].map((place) => readFile(join(root, place, botId, 'logs/gateway.log'), 'utf8').catch(() => '')),
  );
  return files.join('\n').split('\n').slice(-40).join('\n');
}

async function say(botId: string, message: string): Promise<void> {
  const { plane, caller } = installation;
  const ask = { input: { botId, conversation: 'main', message }, signal: AbortSignal.timeout(120_000) };
  for await (const _ of await startTurn(plane, caller, ask));
}

async function said(botId: string): Promise<string> {
  const { items } = await listMessages(installation.plane, installation.caller, { botId, conversation: 'main' });
  return JSON.stringify(items);
}

test('a conversation with a real OpenClaw survives backup, destruction with all state, restore as a new bot, and a move', async () => {
  const { plane, caller } = installation;
  const bot = await installation.createBot();
  bots.push(bot.id);
  await phase(bot.id, 'ready');
  await say(bot.id, 'Remember the word heliotrope.');
  expect(await said(bot.id)).toContain('heliotrope');

  const { backupId } = await untilOver(installation, await createBackup(plane, caller, { botId: bot.id }));
  await phase(bot.id, 'ready');
  await destroyBot(plane, caller, { botId: bot.id, keepStateDays: 0 });
  await phase(bot.id, 'destroyed');
  expect(await readdir(join(root, 'here'))).toEqual([]);

  const restore = await restoreBackup(plane, caller, { backupId, name: `${bot.name}-2` });
  bots.push(restore.botId);
  await untilOver(installation, restore);
  await phase(restore.botId, 'ready');
  expect(await said(restore.botId)).toContain('heliotrope');
  await say(restore.botId, 'And the word marzipan.');

  const settings = { name: 'there' };
  const targetId = await addTarget(plane, caller.workspaceId, { name: 'There', kind: 'process', settings });
  const move = await moveBot(plane, caller, { botId: restore.botId, targetId });
  await expect.poll(() => readdir(join(root, 'here')), { timeout: startMs, interval: 500 }).toEqual([]);
  await untilOver(installation, move);
  expect(await said(restore.botId)).toMatch(/heliotrope.*marzipan/);
  await say(restore.botId, 'Good.');
}, 2_400_000);
