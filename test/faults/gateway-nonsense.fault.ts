import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bot } from '@clawster/contract/bot';
import type { Fault } from '@clawster/gateway/stand-in/converse';
import { expect, test } from 'vitest';
import { beginnings, processOf, readyBots, untilPhase } from './support/bots.ts';
import { type FaultInstallation, installForFaults } from './support/installation.ts';
import { tell } from './support/seeds.ts';
import { brokenPromises, settle } from './support/verdict.ts';
import { quantile } from './support/watch-server.ts';

// F14: the gateways of three bots talk nonsense, each its own; the one of a fourth works.

const mebibyte = 2 ** 20;
/** Long enough for each to be tried twice again. */
const nonsenseMs = 10_000;
const kinds: { name: string; fault: Fault; sentence: string }[] = [
  { name: 'ada', fault: { says: { text: '<html>', times: 1 } }, sentence: 'said what is no JSON' },
  { name: 'bob', fault: { says: { text: ' ', times: 65 * mebibyte } }, sentence: 'said more than 64 MiB at once' },
  { name: 'eve', fault: { protocol: 5 }, sentence: 'speaks protocol 5, and this Clawster only 4' },
];

test('gateways that talk nonsense degrade their own bots, and all is well again when they stop', async () => {
  const installation = await installForFaults();
  try {
    const bots = await readyBots(installation, [...kinds.map(({ name }) => name), 'fay']);
    const [ada, bob, eve, fay] = bots as [Bot, Bot, Bot, Bot];
    const begun = await beginnings(installation, bots);
    const calm = await turnsOf(installation, fay, 2_000);
    const memory = watchMemory((await processOf(installation, bob.id, 'supervisor')) ?? 0);
    // A hello is heard at a new connection alone.
    await go(installation, eve, { says: { text: '<html>', times: 1 } });
    await sleep(200);
    for (const [index, { fault }] of kinds.entries()) await go(installation, bots[index] as Bot, fault);
    const until = Date.now() + nonsenseMs;
    for (const { id } of [ada, bob, eve]) await untilPhase(installation, id, 'degraded', 3_000);
    const during = await turnsOf(installation, fay, until - Date.now());
    for (const [index, { name, sentence }] of kinds.entries()) {
      const { status } = await installation.client().bots.get({ botId: bots[index]?.id ?? '' });
      expect([name, status.phase, status.reason]).toEqual([name, 'degraded', expect.stringContaining(sentence)]);
    }
    for (const bot of [ada, bob, eve]) await go(installation, bot, {});
    const healedAt = performance.now();
    for (const { id } of bots) await untilPhase(installation, id, 'ready');
    const grown = memory.stop();
    tell(`F14: turns of the fourth bot p50 ${p50(calm)} ms before, ${p50(during)} ms meanwhile (${during.length})`);
    tell(
      `F14: memory of who was sent 65 MiB +${grown.toFixed(0)} MB; ready ${seconds(performance.now() - healedAt)} s after the end`,
    );
    expect(during.length).toBeGreaterThan(10);
    expect(p50(during)).toBeLessThan(2 * p50(calm) + 150);
    // Less than one of those frames.
    expect(grown).toBeLessThan(60);
    await expectUntouched(installation, bots, begun);
  } finally {
    await installation.close();
  }
});

test('what a gateway says twice is counted once, and what it says too late not as something else', async () => {
  const installation = await installForFaults();
  try {
    const bots = await readyBots(installation, ['ada', 'bob']);
    const [ada, bob] = bots as [Bot, Bot];
    const begun = await beginnings(installation, bots);
    await go(installation, ada, { events: 'twice' });
    await go(installation, bob, { events: 'swapped' });
    await sleep(300);
    const turns = [await turnsOf(installation, ada, 1_500), await turnsOf(installation, bob, 1_500)];
    for (const bot of bots) await go(installation, bot, {});
    await sleep(300);
    for (const bot of bots) await turnsOf(installation, bot, 1);
    const messages = () =>
      installation.database.rows<{ botId: string; messageId: string }>(
        `select bot_id as "botId", id as "messageId" from span where kind = 'model-message'`,
      );
    const of = async ({ id }: Bot) => (await messages()).filter(({ botId }) => botId === id);
    await expect.poll(async () => (await of(ada)).length).toBe((turns[0]?.length ?? 0) + 1);
    // Also of what came too late to be true: it is read in the gateway's own record.
    await expect.poll(async () => (await of(bob)).length, { timeout: 60_000 }).toBe((turns[1]?.length ?? 0) + 1);
    const told = await messages();
    expect(new Set(told.map(({ messageId }) => messageId)).size).toBe(told.length);
    const { status } = await installation.client().bots.get({ botId: bob.id });
    tell(
      `F14: ${turns.map(({ length }) => length).join(' and ')} turns; of the second's, ${(await of(bob)).length} counted`,
    );
    expect(status.evidence.map(({ text }) => text).join('\n')).toContain("of the gateway's events never came");
    await expectUntouched(installation, bots, begun);
  } finally {
    await installation.close();
  }
});

/** Has a bot's gateway go wrong so, from now on. */
async function go({ botsFolder }: FaultInstallation, { id }: Bot, fault: Fault): Promise<void> {
  const file = join(botsFolder, id, 'fault.json');
  await writeFile(`${file}.new`, JSON.stringify(fault));
  await rename(`${file}.new`, file);
}

/** Turns with a bot one after another, one at least; how long each took. Each is done, or this fails. */
async function turnsOf(installation: FaultInstallation, { id: botId }: Bot, ms: number): Promise<number[]> {
  const took: number[] = [];
  const until = performance.now() + ms;
  do {
    const since = performance.now();
    const told: string[] = [];
    const turn = { botId, conversation: 'main', message: 'Are you there?' };
    const events = installation.client().turns.start(turn, { signal: AbortSignal.timeout(20_000) });
    for await (const { type } of events) told.push(type);
    expect(told.at(-1)).toBe('done');
    took.push(performance.now() - since);
  } while (performance.now() < until);
  return took;
}

/** Looks at the memory of a process until `stop`, which says how many megabytes it took more at most. */
function watchMemory(pid: number): { stop(): number } {
  const seen: number[] = [];
  const looking = setInterval(async () => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    seen.push(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  }, 100);
  return {
    stop() {
      clearInterval(looking);
      return Math.max(...seen) - (seen[0] ?? 0);
    },
  };
}

async function expectUntouched(installation: FaultInstallation, bots: Bot[], begun: number[]): Promise<void> {
  expect((await settle(installation)).wrong).toEqual([]);
  expect(await beginnings(installation, bots)).toEqual(begun);
  expect(await brokenPromises(installation, [])).toEqual([]);
}

const p50 = (ms: number[]) => Math.round(quantile(ms, 0.5));
const seconds = (ms: number) => (ms / 1000).toFixed(1);
