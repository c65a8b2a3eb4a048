import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bot } from '@clawster/contract/bot';
import { expect, test } from 'vitest';
import { type Sighting, staleClaims } from './history/claims.ts';
import { livesOf, readyBots, untilPhase } from './support/bots.ts';
import { type FaultInstallation, withInstallation } from './support/installation.ts';
import { openJournal } from './support/journal.ts';
import { countsOf, startLoad } from './support/load.ts';
import { kill, processesOfBots } from './support/processes.ts';
import { chanceOf, seeds, tell } from './support/seeds.ts';
import { brokenPromises, settle } from './support/verdict.ts';

// F9: a host dies whole. First only what it runs of ours, and whatever is started on it meanwhile; then the machine
// with everything on it, PostgreSQL and server too.

/** What is told changes with the next look at the host, every five seconds: 45 s are for hosts that cannot be looked at. */
const tellWithinMs = 10_000;
const deadMs = 15_000;

test('a host on which nothing lives is told so at once, and all of it comes back by itself, each once', () =>
  withInstallation(async (installation) => {
    const bots = await readyBots(installation, ['ada', 'bob', 'eve']);
    const [stopped] = await readyBots(installation, ['fay']);
    await installation.client().bots.stop({ botId: stopped?.id ?? '' });
    await untilPhase(installation, stopped?.id ?? '', 'stopped');
    const from = Date.now();
    const dying = keepDead(installation, deadMs);
    const sightings = await watch(installation, bots, from + deadMs);
    const killed = await dying;
    const to = Date.now();
    const silences = bots.map(({ id: bot }) => ({ bot, from, to }));
    expect(staleClaims(sightings, silences, tellWithinMs)).toEqual([]);
    const last = Math.max(...sightings.filter(({ phase }) => phase === 'ready').map(({ at }) => at - from));
    const { wrong, seconds } = await settle(installation);
    tell(`F9: ${killed} killed in ${deadMs / 1000} s; last told as ready after ${(last / 1000).toFixed(1)} s`);
    tell(`F9: all as it should be ${seconds.toFixed(1)} s after the host lived again`);
    expect(wrong).toEqual([]);
    expect(await livesOf(installation, stopped?.id ?? '')).toHaveLength(1);
    expect(await brokenPromises(installation, [])).toEqual([]);
  }));

/** Kills all at once, and whatever is started afterwards; returns how many that were. */
async function keepDead({ botsFolder }: FaultInstallation, ms: number): Promise<number> {
  let killed = 0;
  for (const end = Date.now() + ms; Date.now() < end; await sleep(50)) {
    const found = await processesOfBots(botsFolder);
    for (const { pid } of found) kill(pid);
    killed += found.length;
  }
  return killed;
}

async function watch({ client }: FaultInstallation, bots: Bot[], until: number): Promise<Sighting[]> {
  const sightings: Sighting[] = [];
  while (Date.now() < until) {
    for (const { id: bot } of bots) {
      const { status } = await client().bots.get({ botId: bot });
      sightings.push({ bot, at: Date.now(), phase: status.phase });
    }
    await sleep(200);
  }
  return sightings;
}

test.each(seeds(1))('a machine that dies with everything on it, and is started again, owes nothing (seed %i)', (seed) =>
  withInstallation(async (installation) => {
    const chance = chanceOf(seed);
    const journal = openJournal(join(installation.folder, 'history.jsonl'));
    const load = startLoad(installation, journal, seed);
    await sleep(chance.between(4_000, 6_000));
    const killed = await killAll(installation);
    await sleep(chance.between(500, 2_500));
    const startedAt = performance.now();
    await installation.database.start();
    await installation.servers[0]?.start();
    const upMs = performance.now() - startedAt;
    await sleep(3_000);
    await load.stop();
    const { wrong, seconds } = await settle(installation);
    tell(`F9 seed ${seed}: ${killed} of bots, a server and PostgreSQL killed; ${countsOf(journal.lines)}`);
    tell(`F9 seed ${seed}: the server up after ${(upMs / 1000).toFixed(1)} s, all well after ${seconds.toFixed(1)} s`);
    expect([...wrong, ...(await brokenPromises(installation, journal.lines))]).toEqual([]);
  }),
);

/** While it has something to do, between two instructions, nothing of it is left. Returns how many processes of bots that were. */
async function killAll({ botsFolder, database, servers }: FaultInstallation): Promise<number> {
  let found = await processesOfBots(botsFolder);
  for (; found.length < 4; found = await processesOfBots(botsFolder)) await sleep(20);
  servers[0]?.signal('SIGKILL');
  database.kill();
  for (const { pid } of found) kill(pid);
  // What was started between the look and the kill dies with the machine as well.
  for (const { pid } of await processesOfBots(botsFolder)) kill(pid);
  await servers[0]?.end();
  return found.length;
}
