import { setTimeout as sleep } from 'node:timers/promises';
import type { Bot } from '@clawster/contract/bot';
import { expect, test } from 'vitest';
import { type Sighting, staleClaims } from './history/claims.ts';
import { livesOf, readyBots, spooled, untilPhase } from './support/bots.ts';
import { type FaultInstallation, installForFaults } from './support/installation.ts';
import { tell } from './support/seeds.ts';
import { brokenPromises, settle } from './support/verdict.ts';

// F10, F11, F12: between the host of the bots and the server the network goes away, in one direction or both.

const names = ['ada', 'bob'];

async function withBots(work: (installation: FaultInstallation, bots: Bot[]) => Promise<void>): Promise<void> {
  const installation = await installForFaults();
  try {
    await work(installation, await readyBots(installation, names));
  } finally {
    await installation.close();
  }
}

/** As of before: nothing was started anew, and all that was told was stored, once. */
async function expectUntouched(installation: FaultInstallation, bots: Bot[]): Promise<void> {
  expect((await settle(installation)).wrong).toEqual([]);
  for (const { id } of bots) {
    expect(await livesOf(installation, id)).toHaveLength(1);
    expect((await installation.client().bots.get({ botId: id })).status.restartCount).toBe(0);
    await expect.poll(() => spooled(installation, id), { timeout: 60_000 }).toBe(0);
  }
  expect(await brokenPromises(installation, [])).toEqual([]);
  expect(await modelCalls(installation)).toBe(installation.model.requests.length);
}

async function modelCalls({ database }: FaultInstallation): Promise<number> {
  const rows = await database.rows(`select from span where kind = 'model-call'`);
  return rows.length;
}

// Ten minutes in the matrix; what is decided is decided by the first of them.
const partitionMs = 56_000;

test('a host that is cut off reads unknown in time, and is taken up again as it was', () =>
  withBots(async (installation, bots) => {
    const from = Date.now();
    await installation.links.set({ state: 'silent' });
    const sightings = await watch(installation, { bots, until: from + partitionMs });
    const to = Date.now();
    await installation.links.set({ state: 'open' });
    const silences = bots.map(({ id: bot }) => ({ bot, from, to }));
    // The deadline, and a moment for who looks.
    expect(staleClaims(sightings, silences, 47_000)).toEqual([]);
    const unknown = sightings.filter(({ phase }) => phase === 'unknown').map(({ at }) => at - from);
    expect(Math.min(...unknown)).toBeGreaterThan(25_000);
    for (const { id } of bots) await untilPhase(installation, id, 'ready');
    tell(
      `F10: unknown after ${(Math.min(...unknown) / 1000).toFixed(1)} s, ready ${Date.now() - to} ms after the heal`,
    );
    await expectUntouched(installation, bots);
  }));

async function watch(
  installation: FaultInstallation,
  { bots, until }: { bots: Bot[]; until: number },
): Promise<Sighting[]> {
  const sightings: Sighting[] = [];
  while (Date.now() < until) {
    for (const { id: bot } of bots) {
      const { status } = await installation.client().bots.get({ botId: bot });
      sightings.push({ bot, at: Date.now(), phase: status.phase });
    }
    await sleep(300);
  }
  return sightings;
}

test('what a host cannot hear is never told to have been done', () =>
  withBots(async (installation, bots) => {
    const [bot] = bots as [Bot];
    await installation.links.set({ state: 'half', heard: 'client' });
    const since = performance.now();
    const halted = await installation.client().fleet.halt({ mode: 'pause', bots: [bot.id] });
    expect(halted).toEqual({ id: expect.any(String), bots: 1, confirmed: 0 });
    tell(`F11: a halt nobody hears is answered as unconfirmed after ${Math.round(performance.now() - since)} ms`);
    expect(await say(installation, bots[1]?.id ?? '', 8_000)).not.toContain('done');
    const sightings = await watch(installation, { bots: [bot], until: Date.now() + 5_000 });
    expect(sightings.map(({ phase }) => phase)).not.toContain('paused');
    await installation.links.set({ state: 'open' });
    await untilPhase(installation, bot.id, 'paused');
    await installation.client().bots.resume({ botId: bot.id });
    await untilPhase(installation, bot.id, 'ready');
    await expectUntouched(installation, bots);
  }));

// Five minutes in the matrix.
const flaps = 8;

test('a link that flaps is tried once a second at most, and what bots tell meanwhile is stored once', () =>
  withBots(async (installation, bots) => {
    const from = Date.now();
    const turns: Promise<unknown>[] = [];
    for (let count = 0; count < flaps; count += 1) {
      await installation.links.set({ state: 'cut' });
      await sleep(2_000);
      await installation.links.set({ state: 'open' });
      await sleep(1_400);
      for (const { id } of bots) turns.push(say(installation, id));
      await sleep(600);
    }
    await Promise.all(turns);
    const seconds = (Date.now() - from) / 1000;
    const tries = installation.links.triedAt.filter((at) => at >= from).length;
    tell(`F12: ${tries} tries of ${bots.length} bots in ${seconds.toFixed(0)} s; ${turns.length} turns`);
    expect(tries).toBeLessThanOrEqual(bots.length * (seconds + 1));
    for (const { id } of bots) await untilPhase(installation, id, 'ready');
    await expectUntouched(installation, bots);
  }));

/** What was told of a turn until it ended, or broke off: the bot may do its part all the same. */
async function say(installation: FaultInstallation, botId: string, msMax = 20_000): Promise<string[]> {
  const told: string[] = [];
  const turn = { botId, conversation: 'main', message: 'Are you there?' };
  try {
    const events = installation.client().turns.start(turn, { signal: AbortSignal.timeout(msMax) });
    for await (const { type } of events) told.push(type);
  } catch {
    /* The link was gone, or went. */
  }
  return told;
}
