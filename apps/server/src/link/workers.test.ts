import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getBot } from '@clawster/control-plane/bot/get-bot';
import { createBackup } from '@clawster/control-plane/backup/create-backup';
import { createConnector } from '@clawster/control-plane/connector/create-connector';
import { listEvents } from '@clawster/control-plane/event/list-events';
import { releaseLeases } from '@clawster/control-plane/loops/lease';
import { leaseDueOperations } from '@clawster/control-plane/operation/lease-operations';
import { reconcileBot, reconcileBots } from '@clawster/control-plane/reconcile/reconcile-bots';
import { leaseBot } from '@clawster/control-plane/reconcile/lease-bots';
import { installRuntimes } from '@clawster/control-plane/runtime/install-runtimes';
import { dumpAll, pretend } from '@clawster/control-plane/testing';
import { afterEach, expect, test, vi } from 'vitest';
import { readyReport } from '../seed/stand-in-report.ts';
import { testInstallation, type TestInstallation } from './test-installation.ts';

// Whole bots are brought up here, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let installation: TestInstallation;
afterEach(() => installation.close());

const signal = new AbortController().signal;

test('two workers never act on one bot, and never start more at once than the target takes', async () => {
  installation = await testInstallation({ loops: false, startsAtOnceMax: 3 });
  const { host, replica, plane } = installation;
  const bots = [];
  for (let count = 0; count < 12; count += 1) bots.push(await installation.createBot());
  await pretend.runtimeInstalled(plane, bots[0]?.spec.runtimeVersion ?? '');
  // None gets ready by itself, so that no place is given back.
  host.behaviour = { reportAfterConfigure: () => undefined };
  const workers = [replica('one'), replica('two'), replica('three')];
  await Promise.all(workers.map((worker) => reconcileBots(worker, signal)));
  const started = () => host.calls.filter(({ method }) => method === 'start');
  const starts = started();
  expect(starts.length).toBe(3);
  expect(new Set(starts.map((call) => call.botId)).size).toBe(3);
  for (const bot of bots) expect(host.count('apply', bot.id)).toBeLessThanOrEqual(1);

  const pass = () => reconcileBots(plane, signal).then(() => started().length);
  const [first] = starts;
  await until(pass, () => host.volumes.get(first?.botId ?? '')?.supervisor?.configured.length === 1);
  host.supervisor(first?.botId ?? '').report(readyReport(1));
  // The place that is free again is taken at once, and not when the next would have looked by itself.
  await expect.poll(pass, { timeout: 8_000 }).toBe(4);
});

async function until(step: () => Promise<unknown>, isDone: () => boolean): Promise<void> {
  while (!isDone()) await step();
}

test('a worker that was paused until its lease passed on writes nothing and starts nothing', async () => {
  installation = await testInstallation({ loops: false });
  const { host, replica, plane } = installation;
  const bot = await installation.createBot();
  await pretend.runtimeInstalled(plane, bot.spec.runtimeVersion);
  const paused = await leaseBot(replica('paused'), bot);
  expect(await leaseBot(replica('other'), bot)).toBeUndefined();
  await pretend.leaseEnded(plane);
  const current = await leaseBot(replica('other'), bot);
  if (!paused || !current) throw new Error('The bot was not leased');
  expect(current.epoch).toBe(paused.epoch + 1);
  await expect(reconcileBot(replica('paused'), paused)).rejects.toThrow('passed to another worker');
  expect(host.calls).toEqual([]);
  await reconcileBot(replica('other'), current);
  expect(host.count('apply', bot.id)).toBe(1);
});

test.each(['before', 'after'] as const)(
  'a worker that dies %s its host has done what it was told: the next brings the bot to ready, with one start',
  async (when) => {
    installation = await testInstallation({ loops: false });
    const { host, replica, plane, caller } = installation;
    const bot = await installation.createBot();
    await pretend.runtimeInstalled(plane, bot.spec.runtimeVersion);
    const death = Promise.withResolvers<never>();
    const told = Promise.withResolvers<void>();
    const apply = host.apply.bind(host);
    host.apply = async (workload) => {
      host.apply = apply;
      if (when === 'after') await apply(workload);
      told.resolve();
      return death.promise;
    };
    const dying = reconcileBots(replica('dying'), signal);
    await told.promise;
    await pretend.leaseEnded(plane);
    const isReady = async () => {
      await reconcileBots(replica('next'), signal);
      return (await getBot(plane, caller, { botId: bot.id })).status.phase === 'ready';
    };
    await vi.waitUntil(isReady, { timeout: 30_000 });
    expect(host.count('start', bot.id)).toBe(1);
    // What it says late changes nothing any more.
    death.reject(new Error('Killed'));
    await dying;
    expect((await getBot(plane, caller, { botId: bot.id })).status.phase).toBe('ready');
  },
);

test('what a replica holds when it stops is free for others at once, operations too', async () => {
  installation = await testInstallation({ loops: false });
  const { replica, plane, caller } = installation;
  const bot = await installation.createBot();
  await createBackup(plane, caller, { botId: bot.id });
  const lease = async (name: string) => {
    const leased = await leaseBot(replica(name), bot);
    return [leased, ...(await leaseDueOperations(replica(name), 1))].map((one) => one?.leasedBy);
  };
  expect(await lease('leaving')).toEqual(['leaving', 'leaving']);
  expect(await lease('staying')).toEqual([undefined]);
  await releaseLeases(replica('leaving'));
  expect(await lease('staying')).toEqual(['staying', 'staying']);
});

test('an OpenClaw that cannot be installed: the bot shows the sentence and the next try, and goes on once it can', async () => {
  const message = 'The registry cannot be reached: check the network, or set npm_config_registry';
  let works = false;
  const at = { directory: '/r', node: '/n', compileCacheDirectory: '/c', pluginsDirectory: '/p' };
  installation = await testInstallation({
    runtimes: {
      installed: async (version) => (works ? { version, ...at } : undefined),
      install: async (version, options) => {
        options?.onProgress?.({ message: 'Downloading', progress: 0.5 });
        if (!works) throw new Error(message);
        return { version, ...at };
      },
    },
  });
  const bot = await installation.createBot();
  const failed = await installation.until(bot.id, 'failed');
  expect(failed.status.reason).toContain(message);
  expect(failed.status.nextTryAt).toBeDefined();
  expect(failed.status.steps[0]).toMatchObject({ name: 'runtime', state: 'failed', detail: message });
  works = true;
  await pretend.runtimeDue(installation.plane);
  await installRuntimes(installation.plane, signal);
  await installation.until(bot.id, 'ready');
});

test('no secret reaches the database in the clear, an event, a status or a log', async () => {
  installation = await testInstallation();
  const { plane, caller, host, logged } = installation;
  const canary = 'sk-canary-7f3b1c';
  const provider = createServer((_, response) => {
    response.end('{"choices":[]}');
  });
  await new Promise<void>((resolve) => {
    provider.listen(0, '127.0.0.1', resolve);
  });
  const baseUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/v1`;
  const connector = await createConnector(plane, caller, {
    name: 'Local',
    provider: 'openai-compatible',
    baseUrl,
    apiKey: canary,
    model: 'one',
  });
  const bot = await installation.createBot({ connectorId: connector.id });
  const ready = await installation.until(bot.id, 'ready');
  provider.close();

  const configure = host.supervisor(bot.id).configured.at(-1);
  expect(configure?.model).toMatchObject({ models: [{ upstreams: [{ apiKey: canary }] }] });
  const token = configure?.secrets['gateway-token'] ?? '';
  expect(token.length).toBeGreaterThan(30);
  const joinToken = host.volumes.get(bot.id)?.workload.joinToken ?? '';
  // That they were handed to the bot is told, before they left.
  const { items } = await listEvents(plane, caller, { type: 'secret-delivered' });
  expect(items).toMatchObject([
    {
      actor: { kind: 'system', job: 'reconcile-bots' },
      subjectId: bot.id,
      detail: {
        secrets: ['gateway-token', 'api-key'],
        connectorId: connector.id,
        targetId: bot.targetId,
        generation: 1,
      },
    },
  ]);
  const everything = JSON.stringify([await dumpAll(plane), logged, ready, connector, configure?.document]);
  for (const secret of [canary, token, joinToken]) {
    for (const form of [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('base64')])
      expect(everything).not.toContain(form);
  }
});
