import { setTimeout as sleep } from 'node:timers/promises';
import { startTcpProxy, type TcpProxy } from '@clawster/link/testing/tcp-proxy';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { until } from '../testing/link-server.ts';
import { supervised, type Supervised } from '../testing/supervised.ts';

vi.setConfig({ testTimeout: 120_000 });

let proxy: TcpProxy;
let bot: Supervised;
beforeAll(async () => {
  bot = await supervised({
    async controlPlaneUrl(url) {
      proxy = await startTcpProxy(Number(new URL(url).port));
      return `http://127.0.0.1:${proxy.port}`;
    },
  });
  await bot.configure({});
  await bot.reaches('ready');
}, 120_000);
afterAll(async () => {
  await bot.close();
  await proxy.close();
});
beforeEach(() => proxy.set({ state: 'open' }));

const links = () => bot.link.introductions.length;
/** Waits for a link that was not there before, and for a report over it; returns how long that took. */
async function isBack(before: number): Promise<number> {
  const since = Date.now();
  const told = bot.link.reports.length;
  await until(() => links() > before && bot.link.reports.length > told, 60_000, 'the link to be back');
  return Date.now() - since;
}
const sequences = () => bot.link.telemetry.flatMap(({ items }) => items.map(({ sequence }) => sequence));
const hear = () =>
  bot.link.ask('turn.start', { conversation: 'main', turnId: crypto.randomUUID(), message: '#demo text hello' });

test.each(['cut', 'reset'] as const)(
  'a link that was %s is back within seconds, and the bot ready without a restart',
  async (state) => {
    const before = links();
    await proxy.set({ state });
    await sleep(3_000);
    await proxy.set({ state: 'open' });
    expect(await isBack(before)).toBeLessThan(11_000);
    expect(bot.report()).toMatchObject({ state: 'ready', restartCount: 0 });
    expect(await hear()).toEqual({ outcome: 'done' });
  },
);

test('a link on which nothing goes through for a moment goes on where it was', async () => {
  const before = links();
  await proxy.set({ state: 'silent' });
  await sleep(3_000);
  const told = bot.link.reports.length;
  await proxy.set({ state: 'open' });
  await until(() => bot.link.reports.length > told, 10_000, 'a report');
  expect(links()).toBe(before);
  expect(await hear()).toEqual({ outcome: 'done' });
});

test('on a slow link nothing is sent twice', async () => {
  await proxy.set({ state: 'open', latencyMs: 3_000 });
  const before = new Set(sequences());
  const { length } = sequences();
  expect(await hear()).toEqual({ outcome: 'done' });
  await until(() => sequences().some((one) => !before.has(one)), 30_000, 'telemetry');
  await sleep(5_000);
  const fresh = sequences().slice(length);
  expect(new Set(fresh).size).toBe(fresh.length);
});

test('a link that comes and goes is tried once a second at most, and loses and repeats nothing once it holds', async () => {
  const from = proxy.triedAt.length;
  for (let round = 0; round < 4; round += 1) {
    await proxy.set({ state: 'cut' });
    await sleep(2_000);
    const before = links();
    await proxy.set({ state: 'open' });
    await sleep(2_000);
    if (links() > before) void hear().catch(() => {});
  }
  const told = bot.link.reports.length;
  await until(() => bot.link.reports.length > told, 15_000, 'a report');
  expect(await hear()).toEqual({ outcome: 'done' });
  const tries = proxy.triedAt.slice(from);
  expect(tries.length).toBeGreaterThan(3);
  // They are seen where they arrive, which on a busy machine is some time after they were begun.
  const jitterMs = 300;
  expect((tries.at(-1) ?? 0) - (tries[0] ?? 0)).toBeGreaterThan((tries.length - 1) * 1_000 - jitterMs);
  expect(bot.report()).toMatchObject({ state: 'ready', restartCount: 0 });
  await sleep(3_000);
  // What was on its way when the link was cut may come again; it bears the number it had.
  const kinds = new Map<string, Set<string>>();
  for (const { epoch, items } of bot.link.telemetry)
    for (const item of items) {
      const known = kinds.get(`${epoch} ${item.sequence}`) ?? new Set<string>();
      kinds.set(`${epoch} ${item.sequence}`, known.add(JSON.stringify(item)));
    }
  expect([...kinds.values()].filter(({ size }) => size > 1)).toEqual([]);
});
