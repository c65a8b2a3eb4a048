import { destroyBot } from '@clawster/control-plane/bot/destroy-bot';
import { moveBot } from '@clawster/control-plane/bot/move-bot';
import { repairBot } from '@clawster/control-plane/bot/repair-bot';
import { restartBot } from '@clawster/control-plane/bot/restart-bot';
import { stopBot } from '@clawster/control-plane/bot/stop-bot';
import { cancelOperation } from '@clawster/control-plane/operation/cancel-operation';
import { getOperation } from '@clawster/control-plane/operation/get-operation';
import { listOperations } from '@clawster/control-plane/operation/list-operations';
import { addTarget } from '@clawster/control-plane/testing';
import { afterEach, expect, test, vi } from 'vitest';
import { newWorkspace, type TestInstallation, testInstallation } from './test-installation.ts';
import { advanceWithKills, neverTwice, otherTarget, untilOver } from './test-operations.ts';

vi.setConfig({ testTimeout: 180_000 });

let installation: TestInstallation;
let targetId: string;
let eyes: { seen: string[] };
const begin = async (options: Parameters<typeof testInstallation>[0] = {}) => {
  installation = await testInstallation(options);
  targetId = await otherTarget(installation);
  eyes = neverTwice(installation);
};
afterEach(async () => {
  await installation.close();
  if (eyes.seen.length > 0) throw new Error(eyes.seen.join('; '));
});

const readyBot = async () => {
  const bot = await installation.until((await installation.createBot()).id, 'ready');
  installation.host.state.remember(bot.id, 'the sea is blue');
  return bot;
};

test('a moved bot is ready on the new target with its state and a key of its own, and gone from the old one', async () => {
  await begin();
  const { plane, caller, host, otherHost } = installation;
  const bot = await readyBot();
  const key = host.supervisor(bot.id).identity.publicKey;
  const operation = await untilOver(installation, await moveBot(plane, caller, { botId: bot.id, targetId }));
  expect(operation.steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'stop done',
    'copy done',
    'switch done',
    'start done',
    'clean-up done',
  ]);
  expect(operation.steps.every(({ startedAt, endedAt }) => startedAt && endedAt)).toBe(true);
  const moved = await installation.until(bot.id, 'ready');
  expect(moved).toMatchObject({ targetId, targetName: 'Other machine' });
  expect(moved.operation).toBeUndefined();
  expect(otherHost.state.memoryOf(bot.id)).toBe('the sea is blue');
  expect(otherHost.supervisor(bot.id).identity.publicKey).not.toBe(key);
  expect(host.state.memoryOf(bot.id)).toBeUndefined();
  expect(host.calls.at(-1)).toEqual({ method: 'remove', botId: bot.id, deleteState: true });

  const back = await moveBot(plane, caller, { botId: bot.id, targetId: bot.targetId });
  await untilOver(installation, back);
  expect(host.state.memoryOf(bot.id)).toBe('the sea is blue');
  expect(otherHost.state.memoryOf(bot.id)).toBeUndefined();
});

test('a move goes on when its workers are killed before and after every step', async () => {
  await begin({ without: 'advance-operations' });
  const { plane, caller, host, otherHost } = installation;
  const bot = await readyBot();
  const operation = await moveBot(plane, caller, { botId: bot.id, targetId });
  const killed = await advanceWithKills(installation, operation);
  expect(killed).toHaveLength(10);
  await untilOver(installation, operation);
  await installation.until(bot.id, 'ready');
  expect(otherHost.state.memoryOf(bot.id)).toBe('the sea is blue');
  expect(host.state.memoryOf(bot.id)).toBeUndefined();
});

test('while a bot is moved nobody changes it, and it says what holds it; another workspace sees nothing', async () => {
  await begin({ without: 'advance-operations' });
  const { plane, caller } = installation;
  const bot = await readyBot();
  const operation = await moveBot(plane, caller, { botId: bot.id, targetId });
  const held = await installation.until(bot.id, 'stopped');
  expect(held).toMatchObject({
    operation: { id: operation.id, kind: 'move' },
    status: { reason: 'Stopped while it is moved to another target' },
  });
  for (const change of [stopBot, restartBot, destroyBot, repairBot])
    await expect(change(plane, caller, { botId: bot.id })).rejects.toThrow('being moved to another target');
  await expect(moveBot(plane, caller, { botId: bot.id, targetId })).rejects.toThrow('being moved');
  const stranger = await newWorkspace(plane);
  expect(await listOperations(plane, stranger, {})).toMatchObject({ total: 0 });
  await expect(getOperation(plane, stranger, { operationId: operation.id })).rejects.toThrow('no such operation');
  await expect(moveBot(plane, stranger, { botId: bot.id, targetId })).rejects.toThrow('no such bot');
  await cancelOperation(plane, caller, { operationId: operation.id });
  await advanceWithKills(installation, operation);
  await installation.until(bot.id, 'ready');
});

test('a move that is cancelled while it copies leaves the bot where it was, and nothing on the new target', async () => {
  await begin();
  const { plane, caller, host, otherHost } = installation;
  const bot = await readyBot();
  host.state.delayMs = 60_000;
  const operation = await moveBot(plane, caller, { botId: bot.id, targetId });
  await expect.poll(() => host.state.exports, { timeout: 60_000 }).toBe(1);
  await cancelOperation(plane, caller, { operationId: operation.id });
  const over = await untilOver(installation, operation, 'cancelled');
  expect(over.reason).toContain('as it was before');
  expect(await installation.until(bot.id, 'ready')).toMatchObject({ targetId: bot.targetId });
  expect(host.state.memoryOf(bot.id)).toBe('the sea is blue');
  expect(otherHost.state.memoryOf(bot.id)).toBeUndefined();
  await expect(cancelOperation(plane, caller, { operationId: operation.id })).rejects.toThrow('over already');
});

test('a copy that breaks off is tried again, and the bot arrives whole', async () => {
  await begin();
  const { plane, caller, host, otherHost } = installation;
  const bot = await readyBot();
  host.state.trouble.export = new Error('The connection broke off');
  otherHost.state.trouble.import = new Error('The disk is full');
  await untilOver(installation, await moveBot(plane, caller, { botId: bot.id, targetId }));
  expect(otherHost.state.memoryOf(bot.id)).toBe('the sea is blue');
});

test('a bot whose state is not where it should be is not moved without it', async () => {
  await begin();
  const { plane, caller, host } = installation;
  const bot = await readyBot();
  host.state.forget(bot.id);
  const operation = await untilOver(installation, await moveBot(plane, caller, { botId: bot.id, targetId }), 'failed');
  expect(operation.reason).toContain('not where it should be');
  expect(operation.steps[1]).toMatchObject({ name: 'copy', state: 'failed' });
  expect(await installation.until(bot.id, 'ready')).toMatchObject({ targetId: bot.targetId });
});

test('a move whose old target is gone ends, and says what is left there', async () => {
  await begin({ without: 'advance-operations' });
  const { plane, caller, host, otherHost } = installation;
  const bot = await readyBot();
  const watch = otherHost.onApply;
  otherHost.onApply = (botId) => {
    host.inspect = () => Promise.reject(new Error('connect ECONNREFUSED'));
    watch(botId);
  };
  const operation = await moveBot(plane, caller, { botId: bot.id, targetId });
  await advanceWithKills(installation, operation);
  const over = await untilOver(installation, operation);
  expect(over.reason).toBe(
    `Moved. Its state is left on ${bot.targetName}, where it cannot be removed: connect ECONNREFUSED`,
  );
  expect(over.steps.at(-1)).toMatchObject({
    name: 'clean-up',
    state: 'done',
    detail: expect.stringContaining('left on'),
  });
  expect((await installation.until(bot.id, 'ready')).targetId).toBe(targetId);
});

test('a stopped bot moves and stays stopped; one that never ran has nothing to take along', async () => {
  await begin();
  const { plane, caller, host, otherHost } = installation;
  const bot = await readyBot();
  await stopBot(plane, caller, { botId: bot.id });
  await installation.until(bot.id, 'stopped');
  await untilOver(installation, await moveBot(plane, caller, { botId: bot.id, targetId }));
  expect(otherHost.state.memoryOf(bot.id)).toBe('the sea is blue');
  expect(otherHost.count('apply', bot.id)).toBe(0);
  expect(host.state.memoryOf(bot.id)).toBeUndefined();
  const idle = await installation.createBot({ start: false });
  await untilOver(installation, await moveBot(plane, caller, { botId: idle.id, targetId }));
  expect((await installation.until(idle.id, 'stopped')).targetId).toBe(targetId);
});

test('one place under two names is no move: nothing is removed', async () => {
  await begin();
  const { plane, caller, host } = installation;
  const bot = await readyBot();
  const alias = await addTarget(plane, caller.workspaceId, { name: 'Alias', kind: 'process', settings: { alias: 1 } });
  const twin = await addTarget(plane, caller.workspaceId, { name: 'Twin', kind: 'process', settings: {} });
  await expect(moveBot(plane, caller, { botId: bot.id, targetId: twin })).rejects.toThrow('under two names');
  await expect(moveBot(plane, caller, { botId: bot.id, targetId: bot.targetId })).rejects.toThrow('already');
  const operation = await moveBot(plane, caller, { botId: bot.id, targetId: alias });
  expect((await untilOver(installation, operation, 'failed')).reason).toContain('under another name');
  await installation.until(bot.id, 'ready');
  expect(host.state.memoryOf(bot.id)).toBe('the sea is blue');
});
