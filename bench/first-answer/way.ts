import { type Client, createClient } from '@clawster/client/client';
import type { Bot } from '@clawster/contract/bot';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from '../../test/support/installation.ts';
import { makeOwner } from '../support/owner.ts';

/** How long each part of the way took, in milliseconds, in the order it is gone. */
export type Way = {
  install: number;
  supervisor: number;
  link: number;
  gateway: number;
  model: number;
  'told ready': number;
  'first answer': number;
};
export type Step = keyof Way;

export const wholeWay = (way: Way) => Object.values(way).reduce((sum, one) => sum + one, 0);

/** A client of the owner, whose account is made by it. */
export async function setUp({ url, setupUrl }: Installation): Promise<Client> {
  const setupToken = new URL(setupUrl).hash.replace('#token=', '');
  const cookie = await makeOwner({ url: new URL(url), setupToken });
  return createClient({ baseUrl: url, headers: { cookie } });
}

/** Creates a bot on the demo model, waits until it is ready and talks to it. */
export async function goTheWay(client: Client, name: string): Promise<{ bot: Bot; way: Way }> {
  const createdAt = Date.now();
  const { id } = await client.bots.create({ name });
  const bot = await untilPhase(client, id, 'ready');
  const endOf = (step: string) => Date.parse(bot.status.steps.find((one) => one.name === step)?.endedAt ?? '');
  const [runtime, supervisor, link] = [endOf('runtime'), endOf('supervisor'), endOf('link')];
  const [gateway, model] = [endOf('gateway'), endOf('model')];
  const way: Way = {
    install: runtime - createdAt,
    supervisor: supervisor - runtime,
    link: link - supervisor,
    gateway: gateway - link,
    model: model - gateway,
    'told ready': Date.parse(bot.status.since) - model,
    'first answer': await firstWord(client, id),
  };
  return { bot, way };
}

export async function destroy(client: Client, { id }: Bot): Promise<void> {
  await client.bots.destroy({ botId: id, keepStateDays: 0 });
  await untilPhase(client, id, 'destroyed');
}

async function untilPhase(client: Client, botId: string, phase: Bot['status']['phase']): Promise<Bot> {
  for (;;) {
    const bot = await client.bots.get({ botId });
    if (bot.status.phase === phase) return bot;
    if (bot.status.phase === 'failed') throw new Error(`The bot failed: ${bot.status.reason}`);
    await sleep(100);
  }
}

/** From sending a message until the first words of the answer; waits for the rest. */
async function firstWord(client: Client, botId: string): Promise<number> {
  const askedAt = Date.now();
  let firstAt: number | undefined;
  for await (const event of client.turns.start({ botId, message: 'Who are you?' })) {
    if (event.type === 'failed') throw new Error(`The turn failed: ${event.message}`);
    if (event.type === 'text' || event.type === 'done') firstAt ??= Date.now();
  }
  if (firstAt === undefined) throw new Error('The turn ended without a word');
  return firstAt - askedAt;
}
