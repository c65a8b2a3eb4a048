import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@clawster/client/client';
import type { Bot, BotPhase } from '@clawster/contract/bot';
import Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { RunningServer } from '../../apps/server/src/start-server.ts';
import type { SharedInstallation } from '../../apps/server/src/testing/shared-database.ts';
import { criticalIn } from '../../apps/supervisor/src/testing/security-audit.ts';
import { testPlugin, testRuntime } from '../../packages/runtime/src/testing.ts';
import { companionName } from '../../targets/docker/src/companion.ts';
import { unlessMissing } from '../../targets/docker/src/missing.ts';
import { place } from '../../targets/docker/src/place.ts';
import { wipe } from '../../targets/docker/src/testing/wipe.ts';
import { run } from '../../targets/docker/src/testing/run.ts';
import { type RecordingModel, startRecordingModel } from '../support/recording-model.ts';
import { auditInContainer } from './audit-in-container.ts';
import { addBystanders, allOf, type Bystanders } from './bystanders.ts';
import { freshClawster } from './fresh-clawster.ts';
import { exhaust, smallVolume } from './hardship.ts';

// One real bot's life, in order: each test goes on where the one before ended.

const found = inject('docker');
/** The image is built and OpenClaw starts without a compile cache, on a busy machine. */
const startMs = 280_000;
const answerMs = 50_000;
const wantOfMemory = /for want of memory|It took more than the [\d.]+ GB of memory it may have/;

let shared: SharedInstallation;
let server: RunningServer;
let client: Client;
let engine: Docker;
let bot: Bot;
let installation: string | undefined;
let firstInstallation: string | undefined;
let bystanders: Bystanders | undefined;
let model: RecordingModel | undefined;

describe.skipIf('why' in found)('a real bot in a container', () => {
  beforeAll(async () => {
    if ('why' in found) return;
    await testRuntime();
    await testPlugin('whatsapp');
    engine = new Docker({ socketPath: found.socket });
    ({ shared, server, client } = await freshClawster());
  });
  afterAll(async () => {
    await server?.stop();
    await model?.close();
    await bystanders?.remove();
    for (const one of [firstInstallation, installation]) if (one) await wipe(engine, one);
    await shared?.close();
  });

  test('an engine is asked before it is added, and says what it is', async () => {
    const away = { via: 'socket' as const, path: '/nowhere/docker.sock' };
    await expect(client.targets.create({ name: 'Away', kind: 'docker', connection: away })).rejects.toThrow(
      'The engine does not answer',
    );
    const { id, health } = await addEngine();
    expect(health?.message).toMatch(/^Docker \d+\.\S+, \S+, cgroup v\d, \d+ CPUs; .* room for \d+ more/);
    bot = await client.bots.create({ name: 'Ada', targetId: id, personality: 'Answers in rhymes.' });
    expect((await client.targets.list({})).items.find((one) => one.id === id)).toMatchObject({ botCount: 1 });
  });

  test('it becomes ready over its link, and answers', { timeout: startMs }, async () => {
    await until('ready');
    const { Config } = await (await container()).inspect();
    installation = Config.Labels['dev.clawster.installation'];
    firstInstallation = installation;
    expect(await say('Who are you?')).toContain('Ada');
  });

  test('a model beside the engine is reached by the one way out, and nothing that no list names', async () => {
    const { IPAM } = await engine.getNetwork(companionName('egress', installation ?? '')).inspect();
    model = await startRecordingModel('sk-of-this-test', IPAM?.Config?.[0]?.Gateway ?? 'nowhere');
    const { id: connectorId } = await client.connectors.create({
      name: 'Recorder',
      provider: 'openai-compatible',
      baseUrl: model.baseUrl,
      model: 'recorder-1',
      apiKey: model.key,
    });
    await client.bots.update({ botId: bot.id, connectorId });
    const { requests } = model;
    const asked = async () => (await say('Who are you?'), requests.length);
    await expect.poll(asked, { timeout: 60_000, interval: 1_000 }).toBeGreaterThan(0);
    const there = await container();
    await run(
      there,
      `node -e '
        const { username, password, hostname, port } = new URL(require("/bot/workload.json").egress.proxyUrl);
        const headers = { "proxy-authorization": "Basic " + btoa(username + ":" + password) };
        require("node:http").request({ host: hostname, port, method: "CONNECT", path: "evil.example:443", headers }).end();'`,
    );
    const egress = () => client.bots.egress({ botId: bot.id });
    const places = async () => (await egress()).refused.map(({ place }) => place);
    await expect.poll(places, { timeout: 40_000, interval: 1_000 }).toContain('evil.example:443');
    const { keptAt, inside } = await egress();
    expect(keptAt).toBeDefined();
    expect(inside).toContain(new URL(model.baseUrl).host);
  });

  test('its logs are read, and the doctor looks at it, over the link', async () => {
    const lines: string[] = [];
    for await (const { source, text } of client.bots.logs({ botId: bot.id, lines: 100 }))
      lines.push(`${source} ${text}`);
    expect(lines.join('\n')).toContain('supervisor supervisor started');
    expect((await client.bots.doctor({ botId: bot.id })).durationMs).toBeGreaterThan(0);
  });

  test('a killed container is started again, with what was said', { timeout: startMs }, async () => {
    const before = await container();
    await before.kill({ signal: 'SIGKILL' });
    await expect.poll(async () => (await client.bots.get({ botId: bot.id })).status.phase).not.toBe('ready');
    await until('ready');
    expect(await remembered()).toContain('Who are you?');
  });

  describe.concurrent('in hardship', () => {
    test(
      'takes more memory than it may, says so, and is well again with less',
      { timeout: startMs },
      async ({ expect }) => {
        const there = await container();
        const { Memory } = (await there.inspect()).HostConfig;
        await exhaust(there);
        await expect.poll(async () => (await status()).reason, { timeout: 60_000 }).toMatch(wantOfMemory);
        await unlessMissing(there.update({ Memory, MemorySwap: Memory }));
        await until('ready');
        expect(await remembered()).toContain('Who are you?');
      },
    );

    test(
      'has a full disk, says so, is not lost when it ends meanwhile, and is well again when there is room',
      {
        timeout: 2 * startMs,
      },
      async ({ expect }) => {
        if ('why' in found) return;
        const { id } = await client.bots.create({ name: 'Small', targetId: bot.targetId, start: false });
        const of = { botId: id, installation: installation ?? '', baseImage: found.baseImage };
        const holder = await smallVolume(engine, of);
        try {
          await client.bots.start({ botId: id });
          await until('ready', undefined, id);
          await run(holder, 'dd if=/dev/zero of=/bot/ballast bs=1M');
          await expect
            .poll(() => status(id), { timeout: 120_000 })
            .toMatchObject({ phase: 'degraded', reason: expect.stringMatching(/Only 0\.00 GB are free/) });
          await (await container(id)).kill({ signal: 'SIGKILL' });
          await expect.poll(async () => (await status(id)).reason, { timeout: 120_000 }).toMatch(/The disk is full/);
          await run(holder, 'rm /bot/ballast');
          await until('ready', undefined, id);
        } finally {
          await holder.remove({ force: true });
          await client.bots.destroy({ botId: id, keepStateDays: 0 });
          await until('destroyed', undefined, id);
        }
      },
    );
  });

  test(
    'a channel attached while it runs comes with its plugin, and comes back with it',
    { timeout: startMs },
    async () => {
      const { id } = await container();
      const channel = await client.channels.create({ name: 'Phone', kind: 'whatsapp' });
      await client.channels.attach({ channelId: channel.id, botId: bot.id });
      await until('degraded', 'WhatsApp is not linked yet. Scan its code with the phone');
      const same = await container();
      expect(same.id).toBe(id);
      // What lies below the plugin is the engine's, for all bots; nobody in a container can write to it.
      const below = await run(same, 'readlink -f /bot/state/npm/projects/*/node_modules/semver');
      expect(below).toMatch(/^\/opt\/clawster\/plugins\/whatsapp-[0-9a-f]{16}\/node_modules\/semver$/m);
      expect(await run(same, `touch ${below.trim()}/x || true`)).toContain('Read-only file system');
      await same.kill({ signal: 'SIGKILL' });
      await expect.poll(async () => (await client.bots.get({ botId: bot.id })).status.phase).not.toBe('degraded');
      await until('degraded', 'WhatsApp is not linked yet. Scan its code with the phone');
      await client.channels.detach({ channelId: channel.id, attachmentId: (await attached())?.attachmentId ?? '' });
      await until('ready');
    },
  );

  test('OpenClaw’s own security audit in its container finds nothing critical', async () => {
    const { Cmd, Env } = auditInContainer();
    const asked = await (await container()).exec({ Cmd, Env, WorkingDir: place.bot, AttachStdout: true });
    const stream = await asked.start({ hijack: true, stdin: false });
    const said = new PassThrough();
    engine.modem.demuxStream(stream, said, new PassThrough());
    stream.once('end', () => said.end());
    expect(criticalIn(await text(said))).toEqual([]);
  });

  test('its Clawster’s database is lost: one that was just set up finds it, and touches nothing of it', async () => {
    bystanders = await addBystanders(engine);
    const before = await allOf(engine, firstInstallation ?? '');
    await server.stop();
    await shared.close();
    ({ shared, server, client } = await freshClawster());
    const { id: targetId } = await addEngine();
    await expect.poll(() => orphanOf(targetId), { timeout: 60_000 }).toBeDefined();
    const orphan = await orphanOf(targetId);
    expect(orphan).toMatchObject({ name: 'Ada', botId: bot.id, runs: true, installation });
    expect((await client.targets.list({})).items.find(({ id }) => id === targetId)?.orphans).toEqual([]);
    const orphanId = orphan?.id ?? '';
    await expect(client.orphans.adopt({ orphanId })).rejects.toThrow('belongs to another Clawster');
    await expect(client.orphans.destroy({ orphanId, installation: 'bystander' })).rejects.toThrow('another Clawster');
    expect(await allOf(engine, firstInstallation ?? '')).toEqual(before);
  });

  test('whoever says its id adopts it, with what was said', { timeout: 2 * startMs }, async () => {
    const [orphan, former] = [await orphanOf(), { id: bot.id, installation: installation ?? '' }];
    bot = await client.orphans.adopt({ orphanId: orphan?.id ?? '', installation: former.installation });
    expect(bot).toMatchObject({ name: 'Ada', spec: { desired: 'stopped', personality: 'Answers in rhymes.' } });
    expect(bot.id).not.toBe(former.id);
    await expect.poll(operationPhase, { timeout: startMs }).toBe('done');
    const [theirs] = await engine.listContainers({ all: true, filters: { label: [`dev.clawster.bot=${former.id}`] } });
    expect(theirs?.State).toBe('exited');
    await client.bots.start({ botId: bot.id });
    await until('ready');
    installation = (await (await container()).inspect()).Config.Labels['dev.clawster.installation'];
    expect(installation).not.toBe(former.installation);
    expect(await remembered()).toContain('Who are you?');
    await client.orphans.destroy({ orphanId: orphan?.id ?? '', installation: former.installation });
    const left = { label: [`dev.clawster.bot=${former.id}`] };
    await expect.poll(() => volumesWith(left), { timeout: 60_000 }).toEqual([]);
    expect(await bystanders?.changed()).toEqual([]);
  });

  test('it is stopped, started and destroyed, and leaves nothing on the engine', { timeout: startMs }, async () => {
    await client.bots.stop({ botId: bot.id });
    await until('stopped');
    expect((await (await container()).inspect()).State.Running).toBe(false);
    await client.bots.start({ botId: bot.id });
    await until('ready');
    await client.bots.destroy({ botId: bot.id, keepStateDays: 0 });
    await until('destroyed');
    const filters = { label: [`dev.clawster.bot=${bot.id}`] };
    expect(await engine.listContainers({ all: true, filters })).toEqual([]);
    expect(await engine.listNetworks({ filters })).toEqual([]);
    expect((await engine.listVolumes({ filters })).Volumes ?? []).toEqual([]);
    const all = { label: [`dev.clawster.installation=${installation}`] };
    expect(await engine.listContainers({ all: true, filters: all })).toEqual([]);
    expect(await engine.listNetworks({ filters: all })).toEqual([]);
    expect((await engine.listVolumes({ filters: all })).Volumes ?? []).toEqual([]);
  });
});

/** The first bot among what lies on the engine and nobody knows. */
async function orphanOf(targetId?: string) {
  const there = targetId ?? (await client.targets.list({})).items.find(({ kind }) => kind === 'docker')?.id ?? '';
  const { items } = await client.orphans.list({ targetId: there });
  return items.find((orphan) => orphan.installation === firstInstallation);
}

async function operationPhase() {
  const [operation] = (await client.operations.list({ botId: bot.id })).items;
  if (operation?.phase === 'failed') throw new Error(operation.reason);
  return operation?.phase;
}

const volumesWith = async (filters: { label: string[] }) => (await engine.listVolumes({ filters })).Volumes ?? [];

function addEngine() {
  if ('why' in found) throw new Error(found.why);
  const connection = { via: 'socket' as const, path: found.socket };
  return client.targets.create({ name: 'Engine', kind: 'docker', connection, baseImage: found.baseImage });
}

async function container(botId = bot.id): Promise<Docker.Container> {
  const [there] = await engine.listContainers({ all: true, filters: { label: [`dev.clawster.bot=${botId}`] } });
  return engine.getContainer(there?.Id ?? 'none');
}

async function attached() {
  const { items } = await client.channels.ofBot({ botId: bot.id });
  return items[0];
}

const status = async (botId = bot.id) => (await client.bots.get({ botId })).status;

/** What it has of its conversation. */
async function remembered(): Promise<string> {
  const { items } = await client.turns.history({ botId: bot.id, conversation: 'main' });
  return JSON.stringify(items);
}

async function until(phase: BotPhase, reason?: string, botId?: string): Promise<void> {
  for (const deadline = Date.now() + startMs; ; await new Promise((resolve) => setTimeout(resolve, 500))) {
    const now = await status(botId);
    if (now.phase === phase && now.reason === (reason ?? now.reason)) return;
    if (Date.now() > deadline) throw new Error(`The bot is not ${phase} but ${now.phase}: ${now.reason}`);
  }
}

/** All that was told of its answer; one that does not end in time is a failure that says how far it came. */
async function say(message: string): Promise<string> {
  const events = client.turns.start({ botId: bot.id, conversation: 'main', message });
  const all: unknown[] = [];
  const whole = (async () => {
    for await (const event of events) all.push(event);
  })();
  await Promise.race([
    whole,
    sleep(answerMs).then(() => Promise.reject(new Error(`No end after ${JSON.stringify(all)}`))),
  ]);
  return JSON.stringify(all);
}
