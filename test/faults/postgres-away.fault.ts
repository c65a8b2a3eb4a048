import { setTimeout as sleep } from 'node:timers/promises';
import type { Bot } from '@clawster/contract/bot';
import { expect, test } from 'vitest';
import { beginnings, readyBots, spooled, untilPhase } from './support/bots.ts';
import { type FaultInstallation, installForFaults } from './support/installation.ts';
import { tell } from './support/seeds.ts';
import type { ServerProcess } from './support/server-process.ts';
import { brokenPromises } from './support/verdict.ts';
import { type Answer, ask, memoryOf, quantile } from './support/watch-server.ts';

// F5, F6: PostgreSQL is there and does not answer, or answers slowly.

type Scene = { installation: FaultInstallation; server: ServerProcess; bots: Bot[]; begun: number[] };

async function withBots(work: (scene: Scene) => Promise<void>): Promise<void> {
  const installation = await installForFaults();
  try {
    const bots = await readyBots(installation, ['ada', 'bob']);
    const begun = await beginnings(installation, bots);
    await work({ installation, server: installation.servers[0] as ServerProcess, bots, begun });
  } finally {
    await installation.close();
  }
}

async function expectUntouched({ installation, bots, begun }: Scene): Promise<void> {
  for (const { id } of bots) {
    await untilPhase(installation, id, 'ready');
    await expect.poll(() => spooled(installation, id), { timeout: 60_000 }).toBe(0);
  }
  expect(await beginnings(installation, bots)).toEqual(begun);
  expect(await brokenPromises(installation, [])).toEqual([]);
}

// Five minutes in the matrix; every bound of ours is below half a minute.
const awayMs = 30_000;
const memoryGrowthMax = 80;

test('a PostgreSQL that is black-holed: alive, not ready, quick to say so, and no memory is piled up', () =>
  withBots(async (scene) => {
    const { installation, server } = scene;
    const before = await memoryOf(server);
    await installation.database.proxy.set({ state: 'silent' });
    const [first] = await Promise.all([ask(server, '/api/v1/bots', installation.apiKey), sleep(2_500)]);
    expect(first.ms).toBeLessThan(13_000);
    const seen = { live: [] as Answer[], ready: [] as Answer[], read: [] as Answer[] };
    for (const end = Date.now() + awayMs; Date.now() < end; await sleep(250)) {
      seen.live.push(await ask(server, '/live'));
      seen.ready.push(await ask(server, '/ready'));
      seen.read.push(await ask(server, '/api/v1/bots', installation.apiKey));
    }
    const grown = (await memoryOf(server)) - before;
    await installation.database.proxy.set({ state: 'open' });
    const healedAt = performance.now();
    await expect.poll(async () => (await ask(server, '/ready')).status, { timeout: 30_000, interval: 50 }).toBe(200);
    const readyMs = performance.now() - healedAt;
    const slowest = (answers: Answer[]) => Math.round(Math.max(...answers.map(({ ms }) => ms)));
    tell(
      `F5: first read ${Math.round(first.ms)} ms, later ones at most ${slowest(seen.read)} ms, /live ${slowest(seen.live)} ms`,
    );
    tell(
      `F5: memory ${grown >= 0 ? '+' : ''}${grown.toFixed(0)} MB in ${awayMs / 1000} s; ready ${Math.round(readyMs)} ms after the heal`,
    );
    expect(new Set(seen.live.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(seen.ready.map(({ status }) => status))).toEqual(new Set([503]));
    expect(new Set(seen.read.map(({ status }) => status))).toEqual(new Set([503]));
    expect(seen.read.every(({ retryAfter }) => retryAfter !== null)).toBe(true);
    expect(slowest(seen.read)).toBeLessThan(3_000);
    expect(grown).toBeLessThan(memoryGrowthMax);
    expect(readyMs).toBeLessThan(8_000);
    await expectUntouched(scene);
  }));

const slowMs = 15_000;
const readersAtOnce = 60;

test('a PostgreSQL that takes a second for each word: reads have a bound, and the bots stay what they are', () =>
  withBots(async (scene) => {
    const { installation, server, bots } = scene;
    await installation.database.proxy.set({ state: 'open', latencyMs: 500 });
    const until = Date.now() + slowMs;
    const live: Answer[] = [];
    const watching = (async () => {
      for (; Date.now() < until; await sleep(100)) live.push(await ask(server, '/live'));
    })();
    // Three times as many as there are connections: what finds none is told so.
    const reads = (
      await Promise.all(
        Array.from({ length: readersAtOnce }, async () => {
          const own: Answer[] = [];
          while (Date.now() < until) own.push(await ask(server, '/api/v1/bots', installation.apiKey));
          return own;
        }),
      )
    ).flat();
    await watching;
    const statuses = Object.entries(Object.groupBy(reads, ({ status }) => status)).map(
      ([status, group]) => `${group?.length} × ${status}`,
    );
    tell(
      `F6: ${statuses.join(', ')}; reads p50 ${at(reads, 0.5)} p99 ${at(reads, 0.99)} ms; /live p99 ${at(live, 0.99)} ms`,
    );
    expect(reads.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
    expect(reads.filter(({ status, retryAfter }) => status === 503 && retryAfter === null)).toEqual([]);
    // Who asks and what is asked for are two transactions: each waits 5 s at most for a connection, and a few for its words.
    expect(at(reads, 0.99)).toBeLessThan(20_000);
    expect(at(live, 0.99)).toBeLessThan(1_500);
    await installation.database.proxy.set({ state: 'open' });
    for (const { id } of bots) expect((await installation.client().bots.get({ botId: id })).status.phase).toBe('ready');
    await expectUntouched(scene);
  }));

function at(answers: Answer[], share: number): number {
  return Math.round(
    quantile(
      answers.map(({ ms }) => ms),
      share,
    ),
  );
}
