import type { Bot, BotPhase } from '@clawster/contract/bot';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { testRuntime } from '../../packages/runtime/src/testing.ts';
import { findBot } from '../../targets/docker/src/swarm/bot-service.ts';
import { pushRealBot } from '../../targets/docker/src/swarm/testing/bot-image.ts';
import { nodesOf } from '../../targets/docker/src/swarm/testing/cut-off.ts';
import { containersOf, describeInSwarm, wipeSwarm } from '../../targets/docker/src/swarm/testing/lab-under-test.ts';
import { type FreshClawster, freshClawster } from '../docker/fresh-clawster.ts';
import { outsideAddress } from './swarm-lab.ts';

// One real bot's life in a Swarm, in order: each test goes on where the one before ended.

const [found, onEngine] = [inject('swarm'), inject('docker')];
/** A node pulls the image, and OpenClaw starts without a compile cache, on a busy machine. */
const startMs = 280_000;

let clawster: FreshClawster;
let bot: Bot;
let installation = '';

describeInSwarm('a real bot in a Swarm', (lab) => {
  beforeAll(async () => {
    if ('why' in found || 'why' in onEngine) return;
    const { baseImage } = onEngine;
    const [image, started] = await Promise.all([
      testRuntime().then((runtime) => pushRealBot(lab.outside, runtime, { ...found.registry, baseImage })),
      freshClawster({ more: { CLAWSTER_HOST: '0.0.0.0' } }),
    ]);
    clawster = started;
    const { id } = await clawster.client.targets.create({
      name: 'Herd',
      kind: 'docker-swarm',
      connection: { via: 'socket', path: lab.nodes[0]?.socket ?? '' },
      image,
      controlPlaneUrl: `http://${outsideAddress}:${new URL(clawster.server.url).port}`,
    });
    bot = await clawster.client.bots.create({ name: 'Ada', targetId: id, personality: 'Answers in rhymes.' });
    const [row] = await clawster.shared.database.rows('select id from installation');
    installation = `${String(row?.['id'])}-swarm`;
  });
  afterAll(async () => {
    await clawster?.server.stop();
    await wipeSwarm(lab, installation);
    await clawster?.shared.close();
  });

  test('becomes ready over its link, and answers', { timeout: startMs }, async () => {
    await until('ready');
    expect(await containersOf(lab, installation, bot.id)).toHaveLength(1);
    expect(await say('Who are you?')).toContain('Ada');
  });

  test('a killed container is started again, with what was said', { timeout: startMs }, async () => {
    for (const container of await containersOf(lab, installation, bot.id)) await container.kill({ signal: 'SIGKILL' });
    await leaves('ready');
    await until('ready');
    await expectRemembers();
  });

  test(
    'a node that loses its power is told of, and its bot is there again with it',
    { timeout: 2 * startMs },
    async () => {
      const node = (await findBot(lab.manager, installation, bot.id))?.node.name ?? '';
      const bringBack = await nodesOf(lab).kill(node);
      await leaves('ready');
      const { phase } = (await clawster.client.bots.get({ botId: bot.id })).status;
      expect(phase).toBe('unknown');
      await bringBack();
      await until('ready');
      await expectRemembers();
      expect(await say('Who are you?')).toContain('Ada');
    },
  );

  test('is destroyed, and leaves nothing on any node', { timeout: startMs }, async () => {
    await clawster.client.bots.destroy({ botId: bot.id, keepStateDays: 0 });
    await until('destroyed');
    const filters = { label: [`dev.clawster.bot=${bot.id}`] };
    for (const { engine } of lab.nodes) {
      expect(await engine.listContainers({ all: true, filters })).toEqual([]);
      expect((await engine.listVolumes({ filters })).Volumes ?? []).toEqual([]);
    }
    expect(await lab.manager.listServices({ filters })).toEqual([]);
    expect(await lab.manager.listSecrets({ filters })).toEqual([]);
  });
});

const statusOf = async () => (await clawster.client.bots.get({ botId: bot.id })).status;

async function leaves(phase: BotPhase): Promise<void> {
  await expect.poll(async () => (await statusOf()).phase, { timeout: 60_000 }).not.toBe(phase);
}

async function until(phase: BotPhase): Promise<void> {
  for (const deadline = Date.now() + startMs; ; await new Promise((resolve) => setTimeout(resolve, 500))) {
    const status = await statusOf();
    if (status.phase === phase) return;
    if (Date.now() > deadline) throw new Error(`The bot is not ${phase} but ${status.phase}: ${status.reason}`);
  }
}

async function expectRemembers(): Promise<void> {
  const { items } = await clawster.client.turns.history({ botId: bot.id, conversation: 'main' });
  expect(JSON.stringify(items)).toContain('Who are you?');
}

async function say(message: string): Promise<string> {
  const all: unknown[] = [];
  for await (const event of clawster.client.turns.start({ botId: bot.id, conversation: 'main', message }))
    all.push(event);
  return JSON.stringify(all);
}
