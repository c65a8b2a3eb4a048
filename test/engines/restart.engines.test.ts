import { setTimeout as sleep } from 'node:timers/promises';
import type { Bot, BotPhase } from '@clawster/contract/bot';
import Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { testRuntime } from '../../packages/runtime/src/testing.ts';
import { wipe } from '../../targets/docker/src/testing/wipe.ts';
import { base, importDebian } from '../docker/base-image.ts';
import { type OwnEngine, startEngine } from '../docker/engine-process.ts';
import { type FreshClawster, freshClawster } from '../docker/fresh-clawster.ts';

// What happens to real bots when their engine goes, in order.

const found = inject('docker');
const started =
  'why' in found
    ? found
    : await startEngine({ namespace: `clawster-restart-${process.pid}`, flags: ['--live-restore'] });
const own = started as OwnEngine;
/** The image is built, and two OpenClaws start without a compile cache, on a busy machine. */
const startMs = 280_000;

let clawster: FreshClawster;
let engine: Docker;
let bots: Bot[];

describe.skipIf('why' in started)('an engine with real bots', () => {
  beforeAll(async () => {
    await testRuntime();
    engine = new Docker({ socketPath: own.socket });
    const baseImage = await importDebian(own.socket, base);
    clawster = await freshClawster();
    const connection = { via: 'socket' as const, path: own.socket };
    const { id: targetId } = await clawster.client.targets.create({
      name: 'Engine',
      kind: 'docker',
      connection,
      ...(baseImage ? { baseImage } : {}),
    });
    const create = (name: string) => clawster.client.bots.create({ name, targetId });
    bots = await Promise.all([create('Ada'), create('Bob')]);
  }, startMs);
  afterAll(async () => {
    try {
      await clawster?.server.stop();
      const [row] = (await clawster?.shared.database.rows('select id from installation')) ?? [];
      await wipe(engine, String(row?.['id']));
    } finally {
      await own.stop();
      await clawster?.shared.close();
    }
  });

  test('has two, which answer', { timeout: 2 * startMs }, async () => {
    await allReady();
    for (const bot of bots) expect(await say(bot, 'Who are you?')).toContain(bot.name);
  });

  test('lets them work on while it is started again, where it is told to', { timeout: startMs }, async () => {
    const before = await pids();
    const seen = await phasesWhile(async () => {
      await own.end();
      for (const bot of bots) expect(await say(bot, 'Who are you?')).toContain(bot.name);
      await own.start('--live-restore');
      await sleep(10_000);
    });
    expect(seen).toEqual(['ready']);
    expect(await pids()).toEqual(before);
  });

  test(
    'is told as away, no bot as dead, and all are there again with what was said',
    { timeout: startMs },
    async () => {
      const running = await pids();
      const seen = await phasesWhile(async () => {
        await own.end('SIGKILL');
        // Its containers would go on without it, and not without their machine.
        for (const pid of running) process.kill(pid, 'SIGKILL');
        await expect
          .poll(reasons, { timeout: 60_000 })
          .toEqual([
            expect.stringMatching(/^The target cannot be asked/),
            expect.stringMatching(/^The target cannot be asked/),
          ]);
        await own.start();
        await allReady();
      });
      expect(seen).toContain('unknown');
      expect(seen).not.toContain('failed');
      for (const { id } of bots) {
        const { items } = await clawster.client.turns.history({ botId: id, conversation: 'main' });
        expect(JSON.stringify(items)).toContain('Who are you?');
      }
      for (const bot of bots) expect(await say(bot, 'Who are you?')).toContain(bot.name);
    },
  );
});

/** The first processes of their containers, as the machine sees them. */
async function pids(): Promise<number[]> {
  const found = [];
  for (const { id } of bots) {
    const [there] = await engine.listContainers({
      filters: { label: [`dev.clawster.bot=${id}`, 'dev.clawster.role=bot'] },
    });
    found.push((await engine.getContainer(there?.Id ?? 'none').inspect()).State.Pid);
  }
  return found;
}

const statuses = () => Promise.all(bots.map(async ({ id }) => (await clawster.client.bots.get({ botId: id })).status));
const reasons = async () => (await statuses()).map(({ reason }) => reason);

async function allReady(): Promise<void> {
  const phases = async () => (await statuses()).map(({ phase }) => phase);
  await expect.poll(phases, { timeout: startMs, interval: 500 }).toEqual(['ready', 'ready']);
}

/** The phases that any of them was seen in meanwhile. */
async function phasesWhile(work: () => Promise<void>): Promise<BotPhase[]> {
  const seen = new Set<BotPhase>();
  let isOver = false;
  const watching = (async () => {
    for (; !isOver; await sleep(100)) for (const { phase } of await statuses()) seen.add(phase);
  })();
  await work().finally(() => (isOver = true));
  await watching;
  return [...seen];
}

async function say({ id }: Bot, message: string): Promise<string> {
  const all: unknown[] = [];
  for await (const event of clawster.client.turns.start({ botId: id, conversation: 'main', message })) all.push(event);
  return JSON.stringify(all);
}
