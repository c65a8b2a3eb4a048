import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bot, BotPhase } from '@clawster/contract/bot';
import type Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { label, nameOf } from '../../targets/docker/src/labels.ts';
import { unlessMissing } from '../../targets/docker/src/missing.ts';
import { run } from '../../targets/docker/src/testing/run.ts';
import { base, importDebian } from './base-image.ts';
import { installBundledStandIn, withBroken } from './bundled-stand-in.ts';
import { type ClawsterOnEngine, clawsterOnEngine } from './clawster-on-engine.ts';
import { type OwnEngine, startEngine } from './engine-process.ts';
import { exhaust, smallVolume } from './hardship.ts';

// What happens to bots on an engine, and to the engine itself, in order; it is one of their own, and OpenClaw the strict stand-in.

const found = inject('docker');
const engine = 'why' in found ? found : await startEngine({ namespace: `clawster-faults-${process.pid}` });
const own = engine as OwnEngine;
const brokenVersion = '2026.10.1';
const names = ['Ada', 'Bob', 'Cleo', 'Dan', 'Eve', 'Fay', 'Gus', 'Hal', 'Ida', 'Joe'];

let clawster: ClawsterOnEngine;
let baseImage: string;
let folder: string;
const bots = new Map<string, Bot>();

describe.skipIf('why' in engine)('ten bots on an engine', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clawster-stand-in-'));
    [baseImage = ''] = await Promise.all([importDebian(own.socket, base), installBundledStandIn(folder)]);
    const standIns = { runtimes: withBroken(folder, brokenVersion) };
    clawster = await clawsterOnEngine({ socket: own.socket, baseImage, runtimes: folder, standIns });
  });
  afterAll(async () => {
    try {
      await clawster?.close();
    } finally {
      await own.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('that are made at once become ready, three starting at a time', async () => {
    for (const bot of await Promise.all(names.map(create))) bots.set(bot.name, bot);
    let startingMost = 0;
    for (let ready = 0; ready < names.length; await sleep(200)) {
      const { items } = await clawster.client.bots.list({ limit: 50 });
      const count = (phase: BotPhase) => items.filter(({ status }) => status.phase === phase).length;
      startingMost = Math.max(startingMost, count('starting'));
      ready = count('ready');
    }
    expect(startingMost).toBe(3);
    for (const name of names) await run(await containerOf(name), 'echo kept > /bot/memory.txt');
  });

  describe.concurrent('of which', () => {
    test('one whose container is killed is started again at once, with its state', async () => {
      const seen = await watch('Ada', async () => {
        await (await containerOf('Ada')).kill({ signal: 'SIGKILL' });
        await leaves('Ada', 'ready');
      });
      expect(phasesIn(seen)).toEqual(['ready', 'starting', 'ready']);
      await expectKept('Ada');
    });

    test('one that is taken out of its network is put back, and goes on', async () => {
      const before = await containerOf('Cleo');
      const seen = await watch('Cleo', async () => {
        await networkOf('Cleo').disconnect({ Container: before.id, Force: true });
        await leaves('Cleo', 'ready');
      });
      expect(phasesIn(seen)).toEqual(['ready', 'unknown', 'ready']);
      expect(seen.join('\n')).toContain('the bot may well be working');
      expect((await containerOf('Cleo')).id).toBe(before.id);
      await expectKept('Cleo');
    });

    test('one whose network is removed gets another', async () => {
      const seen = await watch('Dan', async () => {
        const { Containers } = await networkOf('Dan').inspect();
        for (const Container of Object.keys(Containers ?? {}))
          await networkOf('Dan').disconnect({ Container, Force: true });
        await networkOf('Dan').remove();
        await leaves('Dan', 'ready');
      });
      expect(phasesIn(seen)).not.toContain('failed');
      await expectKept('Dan');
    });

    test('one at work tells what its container takes beside what it may', async () => {
      await expect
        .poll(async () => (await statusOf('Ida')).container, { timeout: 60_000 })
        .toMatchObject({
          memoryBytesMax: 1.75e9,
          cpusMax: 2,
          processesMax: 512,
        });
      const { memoryBytes = 0, cpus = -1, processes = 0 } = (await statusOf('Ida')).container ?? {};
      expect(memoryBytes).toBeGreaterThan(50e6);
      expect(memoryBytes).toBeLessThan(1e9);
      expect(cpus).toBeGreaterThanOrEqual(0);
      expect(processes).toBeGreaterThan(10);
    });

    test('one that takes more memory than it may says so, and is well again with less', async () => {
      const container = await containerOf('Eve');
      const seen = await watch('Eve', async () => {
        await exhaust(container);
        await leaves('Eve', 'ready');
        await sleep(5_000);
        await unlessMissing(container.update({ Memory: 1.75e9, MemorySwap: 1.75e9 }));
      });
      expect(seen.join('\n')).toMatch(/for want of memory|It took more than the [\d.]+ GB of memory it may have/);
      await expectKept('Eve');
    });

    test('one that is given an OpenClaw that does not come up has the former one again by itself, with its state', async () => {
      const { Config } = await (await containerOf('Hal')).inspect();
      await watch('Hal', async () => {
        await clawster.rows(`insert into runtime (version, phase) values ('${brokenVersion}', 'installed')`);
        await clawster.rows(`update bot set generation = generation + 1, workload_generation = workload_generation + 1,
          spec = jsonb_set(spec, '{runtimeVersion}', '"${brokenVersion}"'), reconcile_at = now() where id = '${idOf('Hal')}'`);
        await leaves('Hal', 'ready');
      });
      expect((await (await containerOf('Hal')).inspect()).Config.Image).toBe(Config.Image);
      const { items } = await clawster.client.revisions.list({ botId: idOf('Hal') });
      expect(items[0]?.reason).toBe('OpenClaw 2026.10.1 did not come up: it has 2026.9.6 again');
      await expectKept('Hal');
    });

    test('one whose disk is full says so, is not lost when it ends meanwhile, and is well again when there is room', async () => {
      const holder = await createOnSmallDisk('Small');
      try {
        const seen = await watch('Small', async () => {
          await run(holder, 'dd if=/dev/zero of=/bot/ballast bs=1M');
          await leaves('Small', 'ready');
          await (await containerOf('Small')).kill({ signal: 'SIGKILL' });
          await tells('Small', /The disk is full/);
          await run(holder, 'rm /bot/ballast');
        });
        expect(seen.join('\n')).toMatch(/degraded: Only 0\.00 GB are free/);
        expect(phasesIn(seen)).not.toContain('unknown');
        await expectKept('Small');
      } finally {
        await holder.remove({ force: true });
        await clawster.client.bots.destroy({ botId: idOf('Small'), keepStateDays: 0 });
        // What is still done about it would bring back a relay before anybody missed it.
        await clawster.until(idOf('Small'), 'destroyed');
      }
    });
  });

  test('come home by another relay when theirs is removed, once the first of them is missed, and go on', async () => {
    const before = await ids();
    const isMissed = (async () => {
      const [relay] = await clawster.engine.listContainers({ filters: { label: [`${label.role}=relay`] } });
      await clawster.engine.getContainer(relay?.Id ?? '').remove({ force: true });
      while ((await clawster.client.bots.list({ limit: 50 })).items.every(({ status }) => status.phase !== 'unknown'))
        await sleep(100);
    })();
    const seen = await Promise.all(names.map((name) => watch(name, () => isMissed)));
    // Who was heard of last comes home before it is missed.
    const ways = new Set(seen.map((lines) => phasesIn(lines).join(' ')));
    expect(ways, seen.flat().join('\n')).toContain('ready unknown ready');
    ways.delete('ready');
    expect([...ways], seen.flat().join('\n')).toEqual(['ready unknown ready']);
    await allWell();
    expect(await ids()).toEqual(before);
  });

  test('are not called dead while their engine is away, and are started again by it', async () => {
    const seen = await watch('Fay', async () => {
      await own.end();
      await tells('Fay', /^The target cannot be asked/);
      expect((await statusOf('Fay')).phase).toBe('unknown');
      await own.start('--live-restore');
    });
    const phases = phasesIn(seen);
    const afterwards = phases.slice(phases.lastIndexOf('unknown') + 1);
    // Ten begin again, and it may have to wait for its turn.
    expect(afterwards.filter((phase) => phase !== 'pending')).toEqual(['starting', 'ready']);
    await allWell();
  });

  test('work on while an engine that lets them is started again', async () => {
    const before = await ids();
    const seen = await watch('Gus', async () => {
      await own.end();
      await sleep(10_000);
      await own.start('--live-restore');
    });
    expect(phasesIn(seen)).toEqual(['ready']);
    await allWell();
    expect(await ids()).toEqual(before);
  });
});

const idOf = (name: string) => bots.get(name)?.id ?? '';
const networkOf = (name: string) => clawster.engine.getNetwork(nameOf(idOf(name)));
const phasesIn = (seen: string[]) =>
  seen.map((line) => line.split(':')[0]).filter((phase, at, all) => phase !== all[at - 1]);

function create(name: string): Promise<Bot> {
  return clawster.client.bots.create({ name, targetId: clawster.targetId, memoryBytesMax: 1_000_000_000 });
}

/** A bot whose volume has little room; the container that is returned keeps it, and may fill it. */
async function createOnSmallDisk(name: string): Promise<Docker.Container> {
  const bot = await clawster.client.bots.create({ name, targetId: clawster.targetId, start: false });
  bots.set(name, bot);
  const [some] = await clawster.engine.listContainers();
  const installation = some?.Labels[label.installation] ?? '';
  const holder = await smallVolume(clawster.engine, { botId: bot.id, installation, baseImage });
  await clawster.client.bots.start({ botId: bot.id });
  await clawster.until(bot.id, 'ready');
  await run(await containerOf(name), 'echo kept > /bot/memory.txt');
  return holder;
}

/** The bot's one container. */
async function containerOf(name: string): Promise<Docker.Container> {
  const all = await clawster.containers(idOf(name));
  expect(all).toHaveLength(1);
  return all[0] as Docker.Container;
}

/** Of the containers of all ten. */
const ids = () => Promise.all(names.map(async (name) => (await containerOf(name)).id));

async function expectKept(name: string): Promise<void> {
  expect(await run(await containerOf(name), 'cat /bot/memory.txt')).toBe('kept\n');
}

async function allWell(): Promise<void> {
  for (const name of names) {
    while (!isWell(await statusOf(name))) await sleep(250);
    await expectKept(name);
  }
}

const statusOf = async (name: string) => (await clawster.client.bots.get({ botId: idOf(name) })).status;
const isWell = ({ phase, reason }: Bot['status']) => phase === 'ready' && !reason.includes('link');

async function leaves(name: string, phase: BotPhase): Promise<void> {
  while ((await statusOf(name)).phase === phase) await sleep(100);
}

async function tells(name: string, reason: RegExp): Promise<void> {
  while (!reason.test((await statusOf(name)).reason)) await sleep(100);
}

/** What was told of a bot, in order, from before the work until it was well after it. */
async function watch(name: string, work: () => Promise<void>): Promise<string[]> {
  const seen: string[] = [];
  let isOver = false;
  const watching = (async () => {
    for (;;) {
      const status = await statusOf(name);
      const told = `${status.phase}: ${status.reason}`;
      if (told !== seen.at(-1)) seen.push(told);
      if (isOver && isWell(status)) return;
      await sleep(100);
    }
  })();
  await work().finally(() => (isOver = true));
  await watching;
  return seen;
}
