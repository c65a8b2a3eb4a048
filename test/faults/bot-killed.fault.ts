import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { livesOf, processOf, readyBots, untilPhase } from './support/bots.ts';
import { type FaultInstallation, withInstallation } from './support/installation.ts';
import { openJournal } from './support/journal.ts';
import { countsOf, startLoad } from './support/load.ts';
import { kill, processesOfBots } from './support/processes.ts';
import { chanceOf, seeds, tell } from './support/seeds.ts';
import { brokenPromises, settle } from './support/verdict.ts';

// R3, R4, R5 on a bot's own host: its supervisor and its gateway are killed.

test('a killed supervisor is started once more, and the gateway it left is ended before the next begins', () =>
  withInstallation(async (installation) => {
    const [bot] = await readyBots(installation, ['ada']);
    const botId = bot?.id ?? '';
    const since = performance.now();
    kill((await processOf(installation, botId, 'supervisor')) ?? 0);
    await expect.poll(async () => (await livesOf(installation, botId)).length, { timeout: 60_000 }).toBe(2);
    await untilPhase(installation, botId, 'ready');
    tell(`a killed supervisor: ready again after ${((performance.now() - since) / 1000).toFixed(1)} s`);
    const again = performance.now();
    kill((await processOf(installation, botId, 'gateway')) ?? 0);
    await expect.poll(async () => (await livesOf(installation, botId)).length, { timeout: 60_000 }).toBe(3);
    await expect
      .poll(async () => (await installation.client().bots.get({ botId })).status, { timeout: 60_000 })
      .toMatchObject({ phase: 'ready', restartCount: 1 });
    tell(`a killed gateway: ready again after ${((performance.now() - again) / 1000).toFixed(1)} s`);
    expect(await brokenPromises(installation, [])).toEqual([]);
    expect(await livesOf(installation, botId)).toHaveLength(3);
  }));

test.each(seeds(1))('supervisors and gateways that are killed at random never run twice (seed %i)', (seed) =>
  withInstallation(async (installation) => {
    const journal = openJournal(join(installation.folder, 'history.jsonl'));
    const load = startLoad(installation, journal, seed);
    const killed = await killAtRandom(installation, seed);
    await load.stop();
    const { wrong, seconds } = await settle(installation);
    tell(`${killed} killed, seed ${seed}: ${countsOf(journal.lines)}; as it should be after ${seconds.toFixed(1)} s`);
    expect([...wrong, ...(await brokenPromises(installation, journal.lines))]).toEqual([]);
  }),
);

const killings = 8;

async function killAtRandom({ botsFolder }: FaultInstallation, seed: number): Promise<number> {
  const chance = chanceOf(seed);
  let killed = 0;
  await sleep(3_000);
  for (let count = 0; count < killings; count += 1) {
    await sleep(chance.between(200, 3_000));
    const victims = await processesOfBots(botsFolder);
    if (victims.length === 0) continue;
    kill(chance.pick(victims.toSorted((a, b) => a.pid - b.pid)).pid);
    killed += 1;
  }
  return killed;
}
