import { getBot } from '@clawster/control-plane/bot/get-bot';
import { stopBot } from '@clawster/control-plane/bot/stop-bot';
import { systemQuery } from '@clawster/control-plane/query';
import { leaseBot } from '@clawster/control-plane/reconcile/lease-bots';
import { reconcileBots } from '@clawster/control-plane/reconcile/reconcile-bots';
import { pretend } from '@clawster/control-plane/testing';
import { afterEach, expect, test, vi } from 'vitest';
import { readyReport } from '../seed/stand-in-report.ts';
import { testInstallation, type TestInstallation } from './test-installation.ts';

vi.setConfig({ testTimeout: 120_000 });

let installation: TestInstallation;
afterEach(() => installation.close());

const pass = () => reconcileBots(installation.plane, new AbortController().signal);
const epochOf = async (id: string) =>
  (
    await systemQuery(installation.plane, (tx) => tx.selectFrom('bot').select('epoch').where('id', '=', id).execute())
  )[0]?.epoch;
/** A bot that is ready, and how often its target was asked since; `meanwhile` happens while it is. */
const restingBot = async () => {
  installation = await testInstallation({ loops: false });
  const { plane, caller, host } = installation;
  const { id, spec } = await installation.createBot();
  await pretend.runtimeInstalled(plane, spec.runtimeVersion);
  await vi.waitUntil(
    () => pass().then(async () => (await getBot(plane, caller, { botId: id })).status.phase === 'ready'),
    {
      timeout: 30_000,
    },
  );
  const looks = { count: 0, meanwhile: async () => {} };
  const inspect = host.inspect.bind(host);
  host.inspect = async (botId) => {
    looks.count += 1;
    const seen = await inspect(botId);
    await looks.meanwhile();
    return seen;
  };
  const look = async () => {
    await pretend.leaseEnded(plane);
    await pass();
    return (await getBot(plane, caller, { botId: id })).status;
  };
  return { id, look, looks };
};

test('a bot at rest is not leased, and its status not written while it is told the same', async () => {
  const { id, look, looks } = await restingBot();
  const before = [await look(), await epochOf(id)];
  expect([await look(), await epochOf(id)]).toEqual(before);
  expect(looks.count).toBe(2);
});

test('what a bot at rest reports of its memory is told', async () => {
  const { id, look } = await restingBot();
  const epoch = await epochOf(id);
  installation.host.supervisor(id).report({ ...readyReport(1), memoryBytes: 123_456_789 });
  await vi.waitUntil(async () => (await look()).memoryBytes === 123_456_789, { timeout: 10_000 });
  expect(await epochOf(id)).toBe(epoch);
});

test('a bot that another worker holds is not looked at', async () => {
  const { id, looks } = await restingBot();
  const { plane, caller, replica } = installation;
  expect(await leaseBot(replica('other'), { id })).toMatchObject({ leasedBy: 'other' });
  // Due at once, for whoever may.
  await stopBot(plane, caller, { botId: id });
  await pass();
  expect(looks.count).toBe(0);
});

test('a change that comes while a bot at rest is looked at is taken up at once', async () => {
  const { id, looks } = await restingBot();
  const { plane, caller, host } = installation;
  looks.meanwhile = async () => {
    looks.meanwhile = async () => {};
    await stopBot(plane, caller, { botId: id });
  };
  await pretend.leaseEnded(plane);
  await pass();
  expect(host.count('stop', id)).toBe(1);
});
