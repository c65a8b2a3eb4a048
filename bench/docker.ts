import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient } from '@clawster/client/client';
import type { Bot, BotPhase, ListedBot } from '@clawster/contract/bot';
import Docker from 'dockerode';
import { base, importDebian } from '../test/docker/base-image.ts';
import { runtimesDirectory } from '../test/support/shared-runtimes.ts';
import { wipe } from '../targets/docker/src/testing/wipe.ts';
import { type Model, modelOf, runByHand } from './docker/by-hand.ts';
import { median, summarise, type Pair } from './support/pairs.ts';
import { startProduct } from './support/product.ts';

/** Real bots in containers: one beside the same container started by hand, and many at once: see bench/README.md. */
const pairs = Number(process.env['PAIRS'] ?? 3);
const bots = Number(process.env['BOTS'] ?? 10);
const untilMsMax = 15 * 60_000;
const socket = process.env['SOCKET'] ?? '/var/run/docker.sock';

type Bench = { client: Client; engine: Docker; targetId: string };

const engine = new Docker({ socketPath: socket });
const baseImage = (await importDebian(socket, base)) ?? 'node:26-bookworm-slim';
const env = { CLAWSTER_RUNTIMES_DIR: process.env['RUNTIMES'] ?? runtimesDirectory };
const product = await startProduct({ entry: 'src/main.ts', env, connections: 2 });
let owner = '';
try {
  const client = createClient({ baseUrl: product.server.url.href, headers: { cookie: product.cookie } });
  const connection = { via: 'socket' as const, path: socket };
  const { id: targetId } = await client.targets.create({ name: 'Engine', kind: 'docker', connection, baseImage });
  const bench = { client, engine, targetId };
  say('building the image');
  const first = await create(bench, 'First');
  await until(client, first.id, 'ready');
  const container = await containerOf(first.id);
  owner = (await container.inspect()).Config.Labels['dev.clawster.installation'] ?? '';
  const model = await modelOf(container);
  await destroy(client, first);
  tellShare(await measureShare(bench, model));
  await tellMany(bench);
} finally {
  await product[Symbol.asyncDispose]();
  if (owner) await wipe(engine, owner);
}

/** Ours and by hand in turn, each in a new volume; the model's first turn, which is OpenClaw's, is not counted. */
async function measureShare(bench: Bench, model: Model): Promise<Pair[]> {
  const measured: Pair[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    say(`one bot, ${pair + 1} of ${pairs}`);
    const peer = await runByHand(engine, model);
    const askedAt = performance.now();
    const bot = await until(bench.client, (await create(bench, `One-${pair}`)).id, 'ready');
    const turn = bot.status.steps.find(({ name }) => name === 'model');
    const turnMs = Date.parse(turn?.endedAt ?? '') - Date.parse(turn?.startedAt ?? '');
    measured.push({ ours: performance.now() - askedAt - turnMs, peer });
    await destroy(bench.client, bot);
  }
  return measured;
}

function tellShare(measured: Pair[]): void {
  const { ours, peer } = summarise(measured);
  const share = median(measured.map((pair) => 1 - pair.peer / pair.ours));
  const verdict = share <= 0.1 ? 'met' : 'MISSED';
  console.log(`one bot, from being asked for to ready: ${seconds(ours)}; the same container by hand: ${seconds(peer)}`);
  console.log(`  ours of it: ${Math.round(share * 100)} % (median of ${measured.length}), aim ≤ 10 % ${verdict}`);
}

async function tellMany(bench: Bench): Promise<void> {
  say(`${bots} bots at once`);
  const since = performance.now();
  const names = Array.from({ length: bots }, (_, number) => `Many-${number}`);
  const made = await Promise.all(names.map((name) => create(bench, name)));
  const { times, startingMost } = await watch(bench, made.length);
  console.log(
    `${bots} bots at once, at most ${startingMost} starting: all ready after ${seconds(performance.now() - since)}`,
  );
  console.log(`  each from its turn to ready: ${spread(times, seconds)}`);
  // The supervisor's look at its container, and the heartbeat that brings it.
  await sleep(60_000);
  const used = await Promise.all(made.map(({ id }) => bench.client.bots.get({ botId: id })));
  const inAll = used.flatMap(({ status }) => status.container?.memoryBytes ?? []);
  const gateways = used.flatMap(({ status }) => status.memoryBytes ?? []);
  const cpus = used.flatMap(({ status }) => status.container?.cpus ?? []);
  console.log(
    `  memory of a container at rest: ${spread(inAll, megabytes)}; of its gateway: ${spread(gateways, megabytes)}`,
  );
  console.log(`  processor of one at rest: ${spread(cpus, (share) => `${(share * 100).toFixed(1)} % of one`)}`);
}

/** How long each took from the moment it had its turn. */
async function watch({ client }: Bench, count: number) {
  const startedAt = new Map<string, number>();
  const readyAt = new Map<string, number>();
  let startingMost = 0;
  for (; readyAt.size < count; await sleep(250)) {
    const { items } = await client.bots.list({ limit: 100 });
    const many = items.filter(({ name }) => name.startsWith('Many-'));
    for (const bot of many) note(bot, { startedAt, readyAt });
    startingMost = Math.max(startingMost, many.filter(({ status }) => status.phase === 'starting').length);
  }
  const times = [...readyAt].map(([id, at]) => at - (startedAt.get(id) ?? at));
  return { times, startingMost };
}

function note({ id, status }: ListedBot, times: { startedAt: Map<string, number>; readyAt: Map<string, number> }) {
  if (status.phase !== 'pending' && !times.startedAt.has(id)) times.startedAt.set(id, performance.now());
  if (status.phase === 'ready' && !times.readyAt.has(id)) times.readyAt.set(id, performance.now());
}

/** Its gateway takes up to 1.3 GB while it starts; with less it would be started over and over. Ten have room on 24 GB. */
function create({ client, targetId }: Bench, name: string): Promise<Bot> {
  return client.bots.create({ name, targetId, memoryBytesMax: 1_450_000_000 });
}

/** A first one is told as failed while the engine still builds its image, and is tried again. */
async function until(client: Client, botId: string, phase: BotPhase): Promise<Bot> {
  for (const end = performance.now() + untilMsMax; ; await sleep(100)) {
    const bot = await client.bots.get({ botId });
    if (bot.status.phase === phase) return bot;
    if (performance.now() > end)
      throw new Error(`${bot.name} is not ${phase} but ${bot.status.phase}: ${bot.status.reason}`);
  }
}

async function destroy(client: Client, { id }: Bot): Promise<void> {
  await client.bots.destroy({ botId: id, keepStateDays: 0 });
  await until(client, id, 'destroyed');
}

async function containerOf(botId: string): Promise<Docker.Container> {
  const [found] = await engine.listContainers({ filters: { label: [`dev.clawster.bot=${botId}`] } });
  return engine.getContainer(found?.Id ?? '');
}

function spread(values: number[], text: (value: number) => string): string {
  return [Math.min(...values), median(values), Math.max(...values)].map(text).join(' / ');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

function say(text: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)} ${text} …`);
}
