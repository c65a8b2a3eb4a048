import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@clawster/client/client';
import { freePort } from '../apps/supervisor/src/gateway/gateway-process.ts';
import { type Installation, installClawster } from '../test/support/installation.ts';
import { type Raw, runRawOpenClaw } from './first-answer/raw-openclaw.ts';
import { destroy, goTheWay, setUp, type Step, type Way, wholeWay } from './first-answer/way.ts';
import { median } from './support/pairs.ts';

/** From the set-up page to the first answer of a real bot, cold and warm, beside OpenClaw alone: see bench/README.md. */
const pairs = Number(process.env['PAIRS'] ?? 3);
const restarts = Number(process.env['RESTARTS'] ?? 3);

const directory = await mkdtemp(join(tmpdir(), 'clawster-bench-'));
const env = { CLAWSTER_RUNTIMES_DIR: process.env['RUNTIMES'] ?? join(directory, 'runtimes') };
try {
  const cold = process.env['RUNTIMES']
    ? undefined
    : await inInstallation('cold', async ({ client }) => (await goTheWay(client, 'Cold')).way);
  await inInstallation('warm', async ({ client, installation }) => {
    const { bot, way: warm } = await goTheWay(client, 'Warm');
    const folder = join(installation.dataDirectory, 'bots', bot.id);
    const ways: Way[] = [warm];
    const raws: Raw[] = [await runRawOpenClaw(folder)];
    for (let pair = 1; pair < pairs; pair += 1) {
      say(`warm, bot ${pair + 1} of ${pairs}`);
      const next = await goTheWay(client, `Next-${pair}`);
      ways.push(next.way);
      await destroy(client, next.bot);
      raws.push(await runRawOpenClaw(folder));
    }
    report({ cold, warm, ways, raws });
    say('starting again');
    const again = median(await startAgain(installation));
    told('second start of ./clawster up, to a page that can be used', again / 1000, 5);
  });
} finally {
  await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
}

async function inInstallation<T>(
  name: string,
  work: (running: { client: Client; installation: Installation }) => Promise<T>,
): Promise<T> {
  say(`${name}: starting Clawster`);
  const installation = await installClawster({ env, port: await freePort() });
  try {
    say(`${name}: on the way`);
    return await work({ client: await setUp(installation), installation });
  } finally {
    await installation.remove();
  }
}

/** From `./clawster up` to a page that can be used: the sign-in page answers, and the API behind it. */
async function startAgain(installation: Installation): Promise<number[]> {
  const times: number[] = [];
  for (let start = 0; start < restarts; start += 1) {
    await installation.stop();
    const startedAt = Date.now();
    await installation.start();
    for (const path of ['/sign-in', '/api/v1/status']) {
      const response = await fetch(installation.url + path);
      if (!response.ok) throw new Error(`${path} answered ${response.status}`);
      await response.text();
    }
    times.push(Date.now() - startedAt);
  }
  return times;
}

type Results = { cold: Way | undefined; warm: Way; ways: Way[]; raws: Raw[] };

function report({ cold, warm, ways, raws }: Results): void {
  const own = median(raws.map(({ start }) => start));
  console.log(
    `OpenClaw's own start, spawn to /readyz, same document, warm: ${seconds(own)} (median of ${raws.length})`,
  );
  console.log('\nstep            cold      warm      OpenClaw  ours      of its start');
  for (const step of Object.keys(warm) as Step[]) {
    const ours = median(ways.map((way, pair) => way[step] - alone(step, raws[pair] as Raw)));
    console.log(
      [
        step.padEnd(14),
        ...[cold?.[step], median(ways.map((way) => way[step])), medianAlone(step, raws), ours].map(column),
        verdict(step, ours / own),
      ].join('  '),
    );
  }
  const whole = median(ways.map(wholeWay));
  const rawWhole = median(raws.map(({ start, firstTurn, secondTurn }) => start + firstTurn + secondTurn));
  console.log(`\nfrom the set-up page to the first answer:`);
  if (cold) told('cold', wholeWay(cold) / 1000, 180);
  told('warm', wholeWay(warm) / 1000, 60);
  console.log(`  ours of the warm way: ${percent(1 - rawWhole / whole)}; OpenClaw's own: ${percent(rawWhole / whole)}`);
}

/** What the same step takes OpenClaw alone. */
function alone(step: Step, { start, firstTurn, secondTurn }: Raw): number {
  const own: Partial<Record<Step, number>> = { gateway: start, model: firstTurn, 'first answer': secondTurn };
  return own[step] ?? 0;
}

function medianAlone(step: Step, raws: Raw[]): number {
  return median(raws.map((raw) => alone(step, raw)));
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function column(ms: number | undefined): string {
  return (ms === undefined ? '–' : seconds(ms)).padEnd(8);
}

function verdict(step: Step, share: number): string {
  if (step === 'install') return `${percent(share)} (npm's, cold only)`;
  return `${percent(share)}, aim ≤ 10 % ${share <= 0.1 ? 'met' : 'MISSED'}`;
}

function told(what: string, took: number, aim: number): void {
  console.log(`  ${what}: ${took.toFixed(1)} s, aim ≤ ${aim} s ${took <= aim ? 'met' : 'MISSED'}`);
}

function say(text: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)} ${text} …`);
}
