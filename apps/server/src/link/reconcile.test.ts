import { destroyBot } from '@clawster/control-plane/bot/destroy-bot';
import { restartBot } from '@clawster/control-plane/bot/restart-bot';
import { startBot } from '@clawster/control-plane/bot/start-bot';
import { stopBot } from '@clawster/control-plane/bot/stop-bot';
import { updateBot } from '@clawster/control-plane/bot/update-bot';
import { listEvents } from '@clawster/control-plane/event/list-events';
import { removeExpiredState } from '@clawster/control-plane/reconcile/remove-expired-state';
import { phasesTold, pretend } from '@clawster/control-plane/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readyReport, reportOf } from '../seed/stand-in-report.ts';
import { StandInSupervisor } from '../seed/stand-in-supervisor.ts';
import { testInstallation, type TestInstallation } from './test-installation.ts';

// Whole bots are brought up here, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let installation: TestInstallation;
beforeAll(async () => {
  installation = await testInstallation();
});
afterAll(() => installation.close());

test('a new bot is brought to ready, step by step, and each phase is told once', async () => {
  const bot = await installation.createBot({ personality: 'Speak in rhymes.' });
  expect(bot.status.phase).toBe('pending');
  const { status } = await installation.until(bot.id, 'ready');
  expect(status.evidence.map(({ source, ok }) => [source, ok])).toEqual([
    ['target', true],
    ['gateway', true],
    ['model', true],
  ]);
  expect(status.steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'runtime done',
    'supervisor done',
    'link done',
    'gateway done',
    'model done',
  ]);
  const phases = await phasesTold(installation.plane, bot.id);
  expect(phases.at(-1)).toBe('ready');
  expect(new Set(phases).size).toBe(phases.length);
  const supervisor = installation.host.supervisor(bot.id);
  expect(supervisor.broken).toEqual([]);
  expect(supervisor.configured.at(-1)).toMatchObject({
    generation: 1,
    model: { models: [{ upstreams: [{ provider: 'demo' }] }] },
    files: { 'SOUL.md': expect.stringContaining('Speak in rhymes.') },
  });
});

test('a bot that crashed is applied again, with its state and its key', async () => {
  const bot = await installation.createBot();
  await installation.until(bot.id, 'ready');
  const key = installation.host.supervisor(bot.id).identity.publicKey;
  installation.host.crash(bot.id);
  await expect.poll(() => installation.host.count('apply', bot.id), { timeout: 60_000 }).toBe(2);
  await installation.until(bot.id, 'ready');
  expect(installation.host.supervisor(bot.id).identity.publicKey).toBe(key);
});

test('a bot that crashed over and over is configured once it dials in: only its next start waits', async () => {
  const { plane, host } = installation;
  const bot = await installation.createBot();
  await installation.until(bot.id, 'ready');
  // The start after the next is due in a minute at the earliest.
  await pretend.failures(plane, bot.id, 6);
  const since = Date.now();
  host.crash(bot.id);
  await expect.poll(() => host.count('apply', bot.id), { timeout: 30_000 }).toBe(2);
  await installation.until(bot.id, 'ready');
  expect(Date.now() - since).toBeLessThan(30_000);
});

test('a bot is stopped and started, and its state stays', async () => {
  const { plane, caller, host } = installation;
  const bot = await installation.createBot();
  await installation.until(bot.id, 'ready');
  await stopBot(plane, caller, { botId: bot.id });
  await installation.until(bot.id, 'stopped');
  expect(host.count('remove', bot.id)).toBe(0);
  await expect(stopBot(plane, caller, { botId: bot.id })).rejects.toThrow('stopped already');
  await startBot(plane, caller, { botId: bot.id });
  await installation.until(bot.id, 'ready');
  expect(host.count('apply', bot.id)).toBe(2);
});

test('a change and a restart reach the running bot without a new process', async () => {
  const { plane, caller, host } = installation;
  const bot = await installation.createBot();
  await installation.until(bot.id, 'ready');
  await updateBot(plane, caller, { botId: bot.id, personality: 'Be brief.' });
  await expect
    .poll(() => host.supervisor(bot.id).configured.at(-1)?.files['SOUL.md'], { timeout: 60_000 })
    .toContain('Be brief.');
  await restartBot(plane, caller, { botId: bot.id });
  await expect.poll(() => host.supervisor(bot.id).configured.at(-1)?.restartCount, { timeout: 60_000 }).toBe(1);
  await installation.until(bot.id, 'ready');
  expect(host.count('apply', bot.id)).toBe(1);
});

test('another memory limit makes the process anew', async () => {
  const { plane, caller, host } = installation;
  const bot = await installation.createBot();
  await installation.until(bot.id, 'ready');
  await updateBot(plane, caller, { botId: bot.id, memoryBytesMax: 3_000_000_000 });
  await expect
    .poll(() => host.volumes.get(bot.id)?.workload, { timeout: 60_000 })
    .toMatchObject({ generation: 2, memoryBytesMax: 3_000_000_000 });
  const { items } = await listEvents(plane, caller, { type: 'bot-updated', subjectId: bot.id });
  expect(items[0]?.detail).toEqual({
    changed: ['memoryBytesMax'],
    before: { memoryBytesMax: bot.spec.memoryBytesMax },
    after: { memoryBytesMax: 3_000_000_000 },
  });
  await installation.until(bot.id, 'ready');
});

test('a bot that falls silent is unknown, never green, and ready again once it is heard', async () => {
  const bot = await installation.createBot();
  await installation.until(bot.id, 'ready');
  const supervisor = installation.host.supervisor(bot.id);
  supervisor.silent = true;
  await new Promise((resolve) => {
    setTimeout(resolve, 2_500);
  });
  await pretend.silence(installation.plane, bot.id);
  const silent = await installation.until(bot.id, 'unknown');
  expect(silent.status.reason).toMatch(/[Nn]ot heard from/);
  supervisor.silent = false;
  supervisor.report(readyReport(1));
  await installation.until(bot.id, 'ready');
});

test('a bot that dials in again after a silence is not called what it was before it says how it is', async () => {
  const bot = await installation.createBot();
  await installation.until(bot.id, 'ready');
  const before = installation.host.supervisor(bot.id);
  before.silent = true;
  await pretend.silence(installation.plane, bot.id);
  await installation.until(bot.id, 'unknown');
  // Whoever asks is told so before the loop has written it.
  await expect.poll(() => phasesTold(installation.plane, bot.id)).toContain('unknown');
  before.crash();
  const { identity } = before;
  const back = await StandInSupervisor.dialIn(installation.url, { botId: bot.id, identity, silent: true });
  await expect.poll(() => back.configured.length).toBe(1);
  expect((await installation.until(bot.id, 'unknown')).status.reason).toMatch(/[Nn]ot heard from/);
  const phases = await phasesTold(installation.plane, bot.id);
  expect(phases.slice(phases.indexOf('unknown'))).toEqual(['unknown']);
  back.silent = false;
  back.report(readyReport(1));
  await installation.until(bot.id, 'ready');
});

test('a destroyed bot is removed, its name is free, and its state goes when its days are over', async () => {
  const { plane, caller, host } = installation;
  const bot = await installation.createBot({ name: 'Ada' });
  await installation.until(bot.id, 'ready');
  await expect(installation.createBot({ name: 'ada' })).rejects.toThrow('already');
  const closed = host.supervisor(bot.id).closed;
  await destroyBot(plane, caller, { botId: bot.id });
  await installation.until(bot.id, 'destroyed');
  expect(await closed).toBe(4403);
  expect(host.calls.filter((call) => call.botId === bot.id && call.method === 'remove')).toEqual([
    { method: 'remove', botId: bot.id, deleteState: false },
  ]);
  await installation.createBot({ name: 'Ada', start: false });

  await pretend.stateExpired(plane, bot.id);
  await removeExpiredState(plane, new AbortController().signal);
  expect(host.calls.at(-1)).toEqual({ method: 'remove', botId: bot.id, deleteState: true });
});

test('a gateway that failed, a model that did not answer: told in the words of the supervisor', async () => {
  const bot = await installation.createBot();
  await installation.until(bot.id, 'ready');
  installation.host
    .supervisor(bot.id)
    .report(reportOf({ generation: 1, state: 'failed', reason: 'OpenClaw refuses its configuration', evidence: [] }));
  expect((await installation.until(bot.id, 'failed')).status.reason).toBe('OpenClaw refuses its configuration');
  installation.host.supervisor(bot.id).report({ ...readyReport(1), evidence: readyReport(1).evidence.slice(0, 1) });
  expect((await installation.until(bot.id, 'starting')).status.reason).toContain('model turn');
});

test('a target that cannot start a bot: its sentence and the next try are shown, and it recovers by itself', async () => {
  installation.host.trouble = new Error('There is no free port between 20000 and 21000');
  const bot = await installation.createBot();
  const { status } = await installation.until(bot.id, 'failed');
  expect(status.reason).toBe('There is no free port between 20000 and 21000');
  expect(new Date(status.nextTryAt ?? 0).getTime()).toBeGreaterThan(Date.now() - 5_000);
  installation.host.trouble = undefined;
  await installation.until(bot.id, 'ready');
});
