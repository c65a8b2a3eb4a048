import type { Backup } from '@clawster/contract/backup';
import type { Operation } from '@clawster/contract/operation';
import { expect, test } from 'vitest';
import { botOf } from './testing/bot.ts';
import { cliAt } from './testing/cli-at.ts';

const page = (...items: unknown[]) => ({ items, total: items.length });
const at = '2026-01-01T00:00:00Z';
const operationId = '3f6f3f0e-6f43-4d53-9c38-666666666666';
const backupId = '3f6f3f0e-6f43-4d53-9c38-777777777777';
const operationOf = (changes: Partial<Operation> = {}): Operation => ({
  id: operationId,
  kind: 'backup',
  phase: 'running',
  reason: 'Copy and encrypt its state',
  steps: [{ name: 'write', label: 'Copy and encrypt its state', state: 'running', startedAt: at }],
  botId: botOf().id,
  botName: 'Ada',
  backupId,
  cancelAsked: false,
  createdAt: at,
  ...changes,
});
const done = operationOf({
  phase: 'done',
  reason: 'Backed up',
  steps: [{ name: 'write', label: 'Copy and encrypt its state', state: 'done', startedAt: at, endedAt: at }],
  endedAt: at,
});
const backup: Backup = {
  id: backupId,
  botId: botOf().id,
  botName: 'Ada',
  runtimeVersion: '2026.9.6',
  bytes: 2_500_000,
  sha256: 'a'.repeat(64),
  createdAt: at,
};

test('a backup that is waited for tells its steps and how to restore it', async () => {
  const answers = [operationOf(), done];
  const { run } = await cliAt({
    'bots.list': () => page(botOf()),
    'backups.create': () => operationOf({ phase: 'pending', reason: 'Waiting for its turn' }),
    'operations.get': () => answers.shift() ?? done,
  });
  const { code, stdout, stderr } = await run(['backup', 'create', 'Ada', '--wait']);
  expect(code).toBe(0);
  expect(stderr).toContain('Copy and encrypt its state');
  expect(stdout).toContain(`clawster backup restore ${backupId}`);
});

test('one that fails is refused with its reason; without --wait it is told how to follow it', async () => {
  const failed = operationOf({ phase: 'failed', reason: 'The disk is full', endedAt: at });
  const { run } = await cliAt({
    'bots.list': () => page(botOf()),
    'backups.create': () => operationOf(),
    'operations.get': () => failed,
  });
  expect(await run(['backup', 'create', 'Ada', '--wait'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('The backup is failed: The disk is full'),
  });
  expect((await run(['backup', 'create', 'Ada'])).stdout).toContain(`clawster operation show ${operationId}`);
});

test('backups are a table for people and JSON for programs', async () => {
  const { run } = await cliAt({ 'backups.list': () => page(backup) });
  expect((await run(['backup', 'list'])).stdout).toMatch(/Ada .* ago +2\.5 MB +2026\.9\.6/);
  expect(JSON.parse((await run(['backup', 'list', '--json'])).stdout)).toEqual([backup]);
});

test('what replaces or deletes a state asks first; a new bot does not', async () => {
  const { run, server } = await cliAt({
    'backups.get': () => backup,
    'backups.restore': () => operationOf({ kind: 'restore' }),
    'backups.delete': () => backup,
  });
  expect(await run(['backup', 'restore', backupId])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--yes'),
  });
  expect(await run(['backup', 'delete', backupId])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--yes'),
  });
  expect((await run(['backup', 'delete', backupId, '--yes'])).code).toBe(0);
  expect((await run(['backup', 'restore', backupId, '--as', 'Ada-2', '--no-start'])).code).toBe(0);
  expect(server.calls.findLast(({ name }) => name === 'backups.restore')?.input).toEqual({
    backupId,
    name: 'Ada-2',
    start: false,
  });
});

test('a move names its target, and an operation is shown with its steps and cancelled', async () => {
  const target = { id: botOf().targetId, name: 'Other machine', kind: 'process', botCount: 0, createdAt: at };
  const { run, server } = await cliAt({
    'bots.list': () => page(botOf()),
    'targets.list': () => page(target),
    'bots.move': () => operationOf({ kind: 'move' }),
    'operations.get': () => operationOf({ kind: 'move' }),
    'operations.list': () => page(operationOf({ kind: 'move' })),
    'operations.cancel': () => operationOf({ kind: 'move' }),
  });
  expect((await run(['bot', 'move', 'Ada', 'Nowhere'])).stderr).toContain('clawster target list');
  expect((await run(['bot', 'move', 'Ada', 'other machine'])).stdout).toContain('The move of Ada is on its way');
  expect(server.calls.at(-1)).toMatchObject({ name: 'bots.move', input: { targetId: target.id } });
  expect((await run(['operation', 'show', operationId])).stdout).toContain(`clawster operation cancel ${operationId}`);
  expect((await run(['operation', 'list'])).stdout).toContain('move');
  expect((await run(['operation', 'cancel', operationId])).stdout).toContain('is being cancelled');
});
