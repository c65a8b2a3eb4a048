import { setTimeout as sleep } from 'node:timers/promises';
import { startTcpProxy } from '@clawster/link/testing/tcp-proxy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readyBots, spooled } from './support/bots.ts';
import { type FaultInstallation, installForFaults } from './support/installation.ts';
import { type CallMade, type ModelDoor, modelDoorOf, startCallers } from './support/model-callers.ts';
import { tell } from './support/seeds.ts';

// 1,400 calls a minute of seven bots on one budget, of a provider that takes its time, until it is spent: more than the limit
// is spent by calls under way alone, whatever becomes of the link, the server or a supervisor meanwhile.

const names = ['ada', 'bob', 'cora', 'dan', 'eve', 'finn', 'gus'];
const callsPerMinute = 1_400;
const latencyMs = 120;
/** What the provider counts of each call, at this price. */
const tokens = { input: 12, output: 3 };
const price = { input: 250, output: 2_000, asOf: '2026-11-01' };
const callUsd = (tokens.input * price.input + tokens.output * price.output) / 1e6;
const limitUsd = 3;

let installation: FaultInstallation;
let doors: ModelDoor[] = [];
let close = async () => {};
beforeAll(async () => {
  installation = await installForFaults();
  const slow = await startTcpProxy(Number(new URL(installation.model.baseUrl).port));
  await slow.set({ state: 'open', latencyMs: latencyMs / 2 });
  close = async () => {
    await installation.close();
    await slow.close();
  };
  const { connectors, bots } = installation.client();
  await connectors.update({
    connectorId: installation.connectorId,
    apiKey: installation.model.key,
    baseUrl: `http://127.0.0.1:${slow.port}/v1`,
    models: [{ id: 'recorder-1', price }],
  });
  // What the server asked to see that all is well is not a bot's.
  installation.model.requests.splice(0);
  const made = await readyBots(installation, names);
  for (const { id } of made) await bots.label({ botId: id, labels: { team: 'burst' } });
  doors = await Promise.all(made.map(({ id }) => modelDoorOf(installation, id)));
});
afterAll(() => close());

const kept = async () => {
  await sleep(5_000);
};
const linkCut = async () => {
  await sleep(4_000);
  await installation.links.set({ state: 'cut' });
  await sleep(4_000);
  await installation.links.set({ state: 'open' });
};
const serverKilled = async () => {
  await sleep(4_000);
  await installation.servers[0]?.end('SIGKILL');
  await sleep(2_000);
  await installation.servers[0]?.start();
};

test.each([
  ['when nothing else happens', kept],
  ['when the links are cut in the middle', linkCut],
  ['when the server is killed in the middle', serverKilled],
])(
  'a budget that seven bots share is overshot by calls under way alone, and no call is lost, %s',
  async (what, fault) => {
    const { budgets } = installation.client();
    const scope = { labels: { team: 'burst' } };
    await expect.poll(bookedCalls, { timeout: 30_000 }).toBe(installation.model.requests.length);
    const before = await budgets.create({ name: 'Burst', scope, period: 'month', limitUsd: 1_000, hard: true });
    const { spentUsd } = before.use;
    await budgets.update({ budgetId: before.id, limitUsd: spentUsd + limitUsd });
    await sleep(3_000);
    const billedBefore = installation.model.requests.length;

    const callers = startCallers(doors, callsPerMinute / doors.length);
    try {
      await fault();
      await expect.poll(() => isOver(callers.calls), { timeout: 60_000, interval: 200 }).toBe(true);
      await callers.stop();

      const billed = installation.model.requests.length - billedBefore;
      const answered = callers.calls.filter(({ refused }) => refused === undefined);
      const underWay = underWayAtStop(answered);
      const overUsd = billed * callUsd - limitUsd;
      tell(
        `burst, ${what}: ${billed} calls for ${(billed * callUsd).toFixed(3)} of ${limitUsd} USD, ${underWay} under way when their bots were stopped; ${callers.calls.length - answered.length} refused`,
      );
      expect(overUsd).toBeLessThanOrEqual(underWay * callUsd + 1e-9);
      expect(overUsd).toBeGreaterThanOrEqual(-1e-9);
      for (const { botId } of doors) await expect.poll(() => spooled(installation, botId), { timeout: 30_000 }).toBe(0);
      expect(await bookedCalls()).toBe(installation.model.requests.length);
      await expect
        .poll(async () => (await budgets.get({ budgetId: before.id })).use.spentUsd - spentUsd, { timeout: 20_000 })
        .toBeCloseTo(billed * callUsd, 6);
    } finally {
      await callers.stop();
      await budgets.delete({ budgetId: before.id });
    }
  },
);

/** Every bot was refused since its last answer, and is refused again and again. */
function isOver(calls: readonly CallMade[]): boolean {
  const since = performance.now() - 3_000;
  const lately = calls.filter(({ endedAt }) => endedAt > since);
  return (
    lately.length > 20 && lately.every(({ refused }) => refused?.startsWith('The budget Burst of this month is spent'))
  );
}

/** Each bot's calls that had no answer yet when the last was let out: what they cost was not known then. */
function underWayAtStop(answered: readonly CallMade[]): number {
  const ofBots = [...Map.groupBy(answered, ({ botId }) => botId).values()];
  return ofBots.reduce((count, calls) => {
    const at = Math.max(...calls.map(({ startedAt }) => startedAt));
    return count + calls.filter(({ endedAt }) => endedAt > at).length;
  }, 0);
}

async function bookedCalls(): Promise<number> {
  const rows = await installation.database.rows(
    `select from span where kind = 'model-call' and outcome = 'ok' and data ? 'usage'`,
  );
  return rows.length;
}
