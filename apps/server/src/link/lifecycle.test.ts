import { randomUUID } from 'node:crypto';
import { cloneBot } from '@clawster/control-plane/bot/clone-bot';
import { destroyBot } from '@clawster/control-plane/bot/destroy-bot';
import { listBots } from '@clawster/control-plane/bot/list-bots';
import { pauseBot } from '@clawster/control-plane/bot/pause-bot';
import { redeployBot } from '@clawster/control-plane/bot/redeploy-bot';
import { restoreBot } from '@clawster/control-plane/bot/restore-bot';
import { resumeBot } from '@clawster/control-plane/bot/resume-bot';
import { startBot } from '@clawster/control-plane/bot/start-bot';
import { stopBot } from '@clawster/control-plane/bot/stop-bot';
import { haltFleet } from '@clawster/control-plane/fleet/halt-fleet';
import { pretend } from '@clawster/control-plane/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { StandInSupervisor } from '../seed/stand-in-supervisor.ts';
import { newWorkspace, type TestInstallation, testInstallation } from './test-installation.ts';

vi.setConfig({ testTimeout: 120_000 });

let installation: TestInstallation;
beforeAll(async () => {
  installation = await testInstallation();
});
afterAll(() => installation.close());

const readyBot = async (some: Record<string, unknown> = {}) => {
  const bot = await installation.createBot(some);
  return installation.until(bot.id, 'ready');
};

test('a paused bot keeps its process, takes no turns, and is ready again once it is resumed', async () => {
  const { plane, caller, host } = installation;
  const bot = await readyBot();
  await pauseBot(plane, caller, { botId: bot.id });
  const paused = await installation.until(bot.id, 'paused');
  expect(host.supervisor(bot.id).configured.at(-1)).toMatchObject({ desired: 'paused', generation: paused.generation });
  await expect(startBot(plane, caller, { botId: bot.id })).rejects.toThrow('resume it');
  await resumeBot(plane, caller, { botId: bot.id });
  await installation.until(bot.id, 'ready');
  expect(host.count('apply', bot.id)).toBe(1);
});

test('a paused bot that crashes stays down, and comes up when it is resumed', async () => {
  const { plane, caller, host } = installation;
  const bot = await readyBot();
  await pauseBot(plane, caller, { botId: bot.id });
  await installation.until(bot.id, 'paused');
  host.crash(bot.id);
  await expect
    .poll(async () => (await installation.until(bot.id, 'paused')).status.reason, { timeout: 30_000 })
    .toContain('does not run');
  expect(host.count('apply', bot.id)).toBe(1);
  await resumeBot(plane, caller, { botId: bot.id });
  await installation.until(bot.id, 'ready');
  expect(host.count('apply', bot.id)).toBe(2);
});

test('a redeployed bot has a new process on the same state', async () => {
  const { plane, caller, host } = installation;
  const bot = await readyBot();
  const before = host.volumes.get(bot.id);
  await redeployBot(plane, caller, { botId: bot.id });
  await expect.poll(() => host.count('apply', bot.id), { timeout: 60_000 }).toBe(2);
  await installation.until(bot.id, 'ready');
  expect(host.supervisor(bot.id).identity.publicKey).toBe(before?.identity.publicKey);
  expect(host.volumes.get(bot.id)?.workload.generation).toBe((before?.workload.generation ?? 0) + 1);
});

test('a clone has the configuration of the other bot, a name, a key and a state of its own', async () => {
  const { plane, caller, host } = installation;
  const bot = await readyBot({ personality: 'Speak in rhymes.' });
  const twin = await cloneBot(plane, caller, { botId: bot.id, name: `${bot.name}-2` });
  expect(twin.spec).toEqual(bot.spec);
  await installation.until(twin.id, 'ready');
  const [one, other] = [host.supervisor(bot.id), host.supervisor(twin.id)];
  expect(other.identity.publicKey).not.toBe(one.identity.publicKey);
  expect(other.configured.at(-1)?.secrets).not.toEqual(one.configured.at(-1)?.secrets);
  await expect(cloneBot(plane, caller, { botId: bot.id, name: bot.name })).rejects.toThrow('choose another name');
});

describe('a destroyed bot', () => {
  test('is stopped over its link, which it gives back its budgets by, before that is closed and its host is asked', async () => {
    const { plane, caller, host } = installation;
    const bot = await readyBot();
    const supervisor = host.supervisor(bot.id);
    await destroyBot(plane, caller, { botId: bot.id });
    await installation.until(bot.id, 'destroyed');
    expect(supervisor.asked.at(-1)).toEqual({ method: 'halt', params: { mode: 'stop' } });
  });

  test('comes back with its key and state while these are kept', async () => {
    const { plane, caller, host } = installation;
    const bot = await readyBot();
    const key = host.supervisor(bot.id).identity.publicKey;
    await destroyBot(plane, caller, { botId: bot.id });
    await installation.until(bot.id, 'destroyed');
    const restored = await restoreBot(plane, caller, { botId: bot.id });
    expect(restored.stateKeptUntil).toBeUndefined();
    await installation.until(bot.id, 'ready');
    expect(host.supervisor(bot.id).identity.publicKey).toBe(key);
    expect(host.calls.filter((call) => call.botId === bot.id && call.deleteState)).toEqual([]);
  });

  test('needs another name when its own was taken meanwhile, and nothing is changed by the refusal', async () => {
    const { plane, caller } = installation;
    const bot = await readyBot();
    await destroyBot(plane, caller, { botId: bot.id });
    await installation.until(bot.id, 'destroyed');
    await installation.createBot({ name: bot.name, start: false });
    await expect(restoreBot(plane, caller, { botId: bot.id })).rejects.toThrow('choose another name');
    await installation.until(bot.id, 'destroyed');
    const restored = await restoreBot(plane, caller, { botId: bot.id, name: `${bot.name}-back`, start: false });
    expect(restored).toMatchObject({ name: `${bot.name}-back`, status: { phase: 'stopped' } });
  });

  test('is not restored once its state is gone', async () => {
    const { plane, caller } = installation;
    const bot = await readyBot();
    await destroyBot(plane, caller, { botId: bot.id });
    await installation.until(bot.id, 'destroyed');
    await pretend.stateExpired(plane, bot.id);
    await expect(restoreBot(plane, caller, { botId: bot.id })).rejects.toThrow('kept no longer');
  });
});

describe('the emergency stop', () => {
  test('ends every bot of the workspace before it answers, and they stay stopped', async () => {
    const { plane, caller, host } = installation;
    const bots = await Promise.all([readyBot(), readyBot(), readyBot()]);
    const supervisors = bots.map(({ id }) => host.supervisor(id));
    const { confirmed } = await haltFleet(plane, caller, { bots: 'all' });
    expect(confirmed).toBeGreaterThanOrEqual(3);
    for (const supervisor of supervisors) expect(supervisor.asked.map(({ method }) => method)).toContain('halt');
    for (const { id } of bots) await installation.until(id, 'stopped');
    const { items } = await listBots(plane, caller, { limit: 200 });
    expect(items.filter(({ spec }) => spec.desired === 'running')).toEqual([]);
  });

  test('pauses when asked to, and the bots named alone', async () => {
    const { plane, caller, host } = installation;
    const [one, other] = await Promise.all([readyBot(), readyBot()]);
    expect(await haltFleet(plane, caller, { bots: [one.id], mode: 'pause' })).toEqual({
      id: expect.any(String),
      bots: 1,
      confirmed: 1,
    });
    await installation.until(one.id, 'paused');
    expect(host.supervisor(other.id).asked.map(({ method }) => method)).not.toContain('halt');
    await installation.until(other.id, 'ready');
  });

  test('does not reach into another workspace, whatever ids are named', async () => {
    const { plane, host } = installation;
    const bot = await readyBot();
    const stranger = await newWorkspace(plane);
    expect(await haltFleet(plane, stranger, { bots: [bot.id, randomUUID()] })).toEqual({
      id: expect.any(String),
      bots: 0,
      confirmed: 0,
    });
    expect(await haltFleet(plane, stranger, { bots: 'all' })).toEqual({
      id: expect.any(String),
      bots: 0,
      confirmed: 0,
    });
    expect(host.supervisor(bot.id).halted).toBeUndefined();
  });

  test('tells the bots while the database still hangs', async () => {
    const { plane, caller, host, database } = installation;
    const bot = await readyBot();
    const blocked = database.db.transaction().execute(async (tx) => {
      await tx.selectFrom('bot').select('id').where('id', '=', bot.id).execute();
      const { sql } = await import('kysely');
      await sql`lock table bot in access exclusive mode`.execute(tx);
      await expect.poll(() => host.supervisor(bot.id).halted, { timeout: 5_000 }).toBe('stop');
    });
    const halting = haltFleet(plane, caller, { bots: 'all' });
    await blocked;
    await halting;
    await installation.until(bot.id, 'stopped');
  });

  test.each(['pause', 'stop'] as const)(
    'a bot that was away is told first of all when it is back: %s',
    async (mode) => {
      const { plane, caller, host, url } = installation;
      const { id: botId, generation } = await readyBot();
      const { identity } = host.volumes.get(botId) ?? {};
      host.supervisor(botId).crash();
      await expect.poll(() => plane.links.holds(botId)).toBe(false);
      expect(await haltFleet(plane, caller, { bots: [botId], mode })).toEqual({
        id: expect.any(String),
        bots: 1,
        confirmed: 0,
      });
      const back = await StandInSupervisor.dialIn(url, { botId, ...(identity ? { identity } : {}) });
      await expect
        .poll(() => back.asked[0])
        .toEqual({ method: 'halt', params: { mode: 'pause', generation: generation + 1 } });
      back.end();
    },
  );

  test('a bot that was stopped by it is started like any other', async () => {
    const { plane, caller } = installation;
    const bot = await readyBot();
    await haltFleet(plane, caller, { bots: [bot.id] });
    await installation.until(bot.id, 'stopped');
    await expect(stopBot(plane, caller, { botId: bot.id })).rejects.toThrow('stopped already');
    await startBot(plane, caller, { botId: bot.id });
    await installation.until(bot.id, 'ready');
  });
});
