import { getBot } from '@clawster/control-plane/bot/get-bot';
import { stopBot } from '@clawster/control-plane/bot/stop-bot';
import { systemQuery } from '@clawster/control-plane/query';
import { leaseBot } from '@clawster/control-plane/reconcile/lease-bots';
import { reconcileBots, watchRestingBots } from '@clawster/control-plane/reconcile/reconcile-bots';
import { restingBots } from '@clawster/control-plane/reconcile/resting-bots';
import { endPresence, showPresence } from '@clawster/control-plane/replica/show-presence';
import { pretend } from '@clawster/control-plane/testing';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { sql } from 'kysely';
import { afterEach, expect, test, vi } from 'vitest';
import { readyReport } from '../seed/stand-in-report.ts';
import { testInstallation, type TestInstallation } from './test-installation.ts';

vi.setConfig({ testTimeout: 120_000 });

let installation: TestInstallation;
afterEach(() => installation.close());

const { signal } = new AbortController();
const round = () => watchRestingBots(installation.plane, signal);
/** The rows of bots as they are stored, and which transaction wrote them. */
const stored = async () =>
  (
    await systemQuery(installation.plane, (tx) =>
      sql<{ id: string; xmin: string; atRest: boolean }>`
        select id, xmin::text, reconcile_at = 'infinity' as at_rest from bot order by id`.execute(tx),
    )
  ).rows;
const pass = () => reconcileBots(installation.plane, signal);
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
  await showPresence(plane);
  const isAtRest = async () => {
    await pass();
    const { status } = await getBot(plane, caller, { botId: id });
    return status.phase === 'ready' && (await stored()).every(({ atRest }) => atRest);
  };
  await vi.waitUntil(isAtRest, { timeout: 30_000 });
  const looks = { count: 0, meanwhile: async () => {} };
  const inspect = host.inspect.bind(host);
  host.inspect = async (botId) => {
    looks.count += 1;
    const seen = await inspect(botId);
    await looks.meanwhile();
    return seen;
  };
  const look = async () => {
    await round();
    return (await getBot(plane, caller, { botId: id })).status;
  };
  return { id, look, looks };
};

async function idsOf(plane: ControlPlane): Promise<string[]> {
  const next = await restingBots(plane);
  const ids: string[] = [];
  for (let page = await next(3); page.length > 0; page = await next(3)) ids.push(...page.map(({ bot }) => bot.id));
  return ids;
}

test('a round over bots that need nothing looks at each, and writes nothing', async () => {
  const { looks } = await restingBot();
  const before = await stored();
  await round();
  await round();
  expect(await stored()).toEqual(before);
  expect(looks.count).toBe(2);
});

test('what became of a bot without a word is found in the next round', async () => {
  const { id } = await restingBot();
  const held = installation.host.volumes.get(id);
  if (held) held.exited = 'Killed by its host';
  await round();
  expect(installation.host.count('start', id)).toBe(2);
});

test('a bot that comes near to its silence is looked at when that is over, and not a round later', async () => {
  const { id } = await restingBot();
  const { plane } = installation;
  await pretend.heard(plane, id, { secondsAgo: 40 });
  await round();
  expect((await stored())[0]?.atRest).toBe(false);
});

test('replicas share the bots at rest: each bot is looked at by one, and by another when that one is gone', async () => {
  installation = await testInstallation({ loops: false });
  const { plane, replica, createBot } = installation;
  await showPresence(plane);
  const bots = await Promise.all(Array.from({ length: 20 }, () => createBot({ start: false })));
  await pretend.atRest(plane);
  const all = bots.map(({ id }) => id).toSorted();
  expect(await idsOf(plane)).toEqual(all);

  const other = replica('other');
  expect(await idsOf(other)).toEqual([]);
  await showPresence(other);
  const shares = [await idsOf(plane), await idsOf(other)];
  expect(shares.every((ids) => ids.length > 0)).toBe(true);
  expect(shares.flat().toSorted()).toEqual(all);

  // One that serves requests alone has no share.
  const door = { ...replica('door'), settings: { ...replica('door').settings, reconciles: false } };
  await showPresence(door);
  expect([await idsOf(plane), await idsOf(other), await idsOf(door)]).toEqual([...shares, []]);

  await endPresence(other);
  expect(await idsOf(plane)).toEqual(all);
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
