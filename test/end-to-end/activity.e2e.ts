import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@clawster/client/client';
import type { Bot } from '@clawster/contract/bot';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  startTelegramServer,
  type TelegramServer,
} from '../../apps/supervisor/src/testing/telegram/telegram-server.ts';
import { type OtlpReceiver, otlpReceiver } from '../../apps/server/src/testing/otlp-receiver.ts';
import { newVisit, openBrowser, picture } from '../support/browser.ts';
import { type CountingModel, startCountingModel } from '../support/counting-model.ts';
import { gatewayPid } from '../support/gateway-pid.ts';
import { type Installation, installClawster } from '../support/installation.ts';
import { signIn, signUp } from '../support/owner.ts';

// Two hundred turns of three real bots, with restarts of everything in between: what Clawster shows is what the model's
// own server counted, call by call. Each test goes on where the one before ended.

/** US dollars for a million tokens. */
const price = { input: 3, output: 15, cacheRead: 0.3 };
const turnsOfEach = 62;
const people = 16;
let installation: Installation;
let model: CountingModel;
let telegram: TelegramServer;
let receiver: OtlpReceiver;
let browser: Browser;
let page: Page;
let client: Client;
const bots: Bot[] = [];
/** Turns that were answered to whoever asked; of those that were cut off by a restart only OpenClaw knows the end. */
let answered = 0;

beforeAll(async () => {
  [installation, model, telegram, receiver, browser] = await Promise.all([
    installClawster(),
    startCountingModel(),
    startTelegramServer(),
    otlpReceiver(),
    openBrowser(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await installation?.remove();
  await Promise.all([model?.close(), telegram?.close(), receiver?.kill()]);
});

const phaseOf = async ({ id }: Bot) => (await client.bots.get({ botId: id })).status.phase;
const untilReady = (bot: Bot) =>
  expect.poll(() => phaseOf(bot).catch(String), { timeout: 400_000, interval: 1_000 }).toBe('ready');

test('three bots on a model that counts are ready', async () => {
  client = await signUp(installation);
  const connector = await client.connectors.create({
    name: 'Counter',
    provider: 'openai-compatible',
    baseUrl: model.baseUrl,
    model: 'counter-1',
    models: [{ id: 'counter-1', inputs: ['text'], price: { ...price, asOf: '2026-11-27' } }],
    apiKey: model.key,
  });
  await client.capture.set({ mode: 'full', keepDays: 30, people: 'names' });
  await client.exporters.create({ name: 'Collector', endpoint: receiver.endpoint });
  const channel = await client.channels.create({
    name: 'Support',
    kind: 'telegram',
    settings: { apiRoot: telegram.apiRoot, dmPolicy: 'open' },
    credentials: { 'bot-token': { value: telegram.bot.issueToken() } },
  });
  for (const name of ['Ada', 'Bob', 'Cleo']) {
    const bot = await client.bots.create({ name, connectorId: connector.id, labels: { team: 'support' } });
    bots.push(bot);
  }
  await client.channels.attach({ channelId: channel.id, botId: bots[0]?.id ?? '' });
  for (const bot of bots) await untilReady(bot);
  expect(await Promise.all(bots.map(phaseOf))).toEqual(['ready', 'ready', 'ready']);
});

test('two hundred turns and more, while gateways are restarted and killed and Clawster itself is away', async () => {
  const restarts = (async () => {
    await sleep(8_000);
    await client.bots.restart({ botId: bots[1]?.id ?? '' });
    await sleep(8_000);
    process.kill(await gatewayPid(installation, bots[2]?.id ?? ''), 'SIGKILL');
    await sleep(4_000);
    await installation.stop();
    await sleep(4_000);
    await installation.start();
  })();
  const writing = (async () => {
    for (let person = 1; person <= people; person += 1) {
      telegram.bot.write(person, person % 4 === 0 ? 'And how are you doing?' : 'Where is my parcel?');
      await sleep(500);
    }
  })();
  await Promise.all([...bots.map(talk), restarts, writing]);
  for (let person = 1; person <= people; person += 1)
    await expect.poll(() => telegram.bot.sent.some(({ chatId }) => chatId === person), { timeout: 180_000 }).toBe(true);
  expect(answered + people).toBeGreaterThanOrEqual(200);
  expect(model.refused).toEqual([]);
});

const questions = ['How do I reset it?', 'And how are you doing?', 'Please read the missing page', 'Thank you'];

/** Asks again what was cut off or could not be asked, until so many were answered. */
async function talk(bot: Bot): Promise<void> {
  for (let turn = 0; turn < turnsOfEach;) {
    const message = questions[turn % questions.length] ?? '';
    try {
      const conversation = `talk-${turn % 5}`;
      for await (const event of client.turns.start({ botId: bot.id, conversation, message })) {
        if (event.type === 'failed') throw new Error(event.message);
        if (event.type !== 'done') continue;
        turn += 1;
        answered += 1;
      }
    } catch {
      await sleep(500);
    }
  }
}

/** What the model's server counted, in the words of our sums. */
function counted() {
  const sum = (key: 'input' | 'cached' | 'output') => model.served.reduce((all, one) => all + one[key], 0);
  const [input, cached, output] = [sum('input'), sum('cached'), sum('output')];
  return {
    calls: model.served.length,
    inputTokens: input,
    cacheReadTokens: cached,
    outputTokens: output,
    modelUsd: (input * price.input + cached * price.cacheRead + output * price.output) / 1e6,
  };
}

test('what it all cost is what the model counted: calls, tokens and money, nothing lost and nothing twice', async () => {
  const due = counted();
  const total = async () => (await client.costs.list({ group: 'bot' })).total;
  await expect.poll(async () => (await total()).calls, { timeout: 120_000, interval: 1_000 }).toBe(due.calls);
  const { modelUsd, ...tokens } = due;
  expect(await total()).toMatchObject({ ...tokens, unpriced: 0, failed: 0 });
  expect((await total()).modelUsd).toBeCloseTo(modelUsd, 9);
  const byChannel = (await client.costs.list({ group: 'channel' })).rows;
  expect(byChannel.reduce((all, row) => all + row.calls, 0)).toBe(due.calls);
});

test('each answer is in the record once, with its conversation; only those for a check of the model have none', async () => {
  const calls = (await Promise.all(bots.map(allCalls))).flat();
  expect(calls).toHaveLength(model.served.length);
  expect(new Set(calls.map(({ responseId }) => responseId))).toEqual(new Set(model.served.map(({ id }) => id)));
  const byId = new Map(model.served.map((one) => [one.id, one]));
  for (const { responseId, usage } of calls) {
    const { input, cached, output } = byId.get(responseId ?? '') ?? { input: 0, cached: 0, output: 0 };
    expect(usage).toMatchObject({ inputTokens: input, cacheReadTokens: cached, outputTokens: output });
  }
});

async function allCalls({ id }: Bot) {
  const calls = [];
  let cursor: string | undefined;
  do {
    const some = await client.bots.modelCalls({ botId: id, limit: 200, ...(cursor ? { cursor } : {}) });
    calls.push(...some.items);
    cursor = some.nextCursor;
  } while (cursor);
  return calls;
}

test('each tool the model called is told once, with how it ended', async () => {
  const called = (name: string) => model.served.filter(({ tool }) => tool?.name === name).length;
  const uses = async (name: string) =>
    (await client.traces.tools({})).items
      .filter(({ tool }) => tool === name)
      .reduce((sum, row) => ({ uses: sum.uses + row.uses, failed: sum.failed + row.failed }), { uses: 0, failed: 0 });
  // A call that a restart cut off has no answer; OpenClaw says so in its record, or makes it again.
  await expect
    .poll(async () => (await uses('session_status')).uses, { timeout: 60_000 })
    .toBe(called('session_status'));
  const read = await uses('read');
  expect(read.uses).toBe(called('read'));
  expect(read.failed).toBe(read.uses);
});

test('OpenClaw and the model gateway agree for every bot, and no item was let go', async () => {
  const { items } = await client.traces.crossCheck({});
  expect(new Set(items.map(({ botName }) => botName))).toEqual(new Set(['Ada', 'Bob', 'Cleo']));
  for (const { unseen, dropped } of items) expect({ unseen, dropped }).toEqual({ unseen: 0, dropped: 0 });
});

test('every person on Telegram is one conversation with its turn and its text', async () => {
  const { items } = await client.traces.conversations({ channel: 'telegram', limit: 200 });
  expect(items).toHaveLength(people);
  const { items: found } = await client.traces.turns({ search: 'parcel', limit: 200 });
  expect(found).toHaveLength(people - Math.floor(people / 4));
});

test('the dashboard shows the same: the sum, a trace as a waterfall, a conversation, tools and messages', async () => {
  ({ page } = await newVisit(browser, installation.url));
  await signIn(page);
  await page.goto('/cost');
  const { modelUsd, calls } = counted();
  await page
    .getByText(`$${modelUsd.toFixed(2)}`)
    .first()
    .waitFor();
  await page.getByText(calls.toLocaleString('en')).first().waitFor();
  await picture(page, 'cost');
  await client.budgets.create({
    name: 'Support',
    scope: { labels: { team: 'support' } },
    period: 'month',
    limitUsd: Math.ceil(modelUsd * 150) / 100,
  });
  await client.budgets.create({
    name: 'Ada on Telegram',
    scope: { botId: bots[0]?.id ?? '' },
    channel: 'telegram',
    period: 'day',
    limitUsd: 5,
  });
  await page.goto('/cost/budgets');
  await page.getByText('Ada on Telegram').first().waitFor();
  await picture(page, 'budgets');
  await page.goto('/settings?section=export');
  await page.getByText('Collector').first().waitFor();
  await picture(page, 'export');
  await page.goto('/activity');
  await page.getByText('Ada').first().waitFor();
  await picture(page, 'activity');
  const { items } = await client.traces.turns({ tool: 'session_status', limit: 1 });
  await page.goto(`/activity/traces/${items[0]?.traceId}`);
  await page.getByText('session_status').first().waitFor();
  await picture(page, 'trace');
  await page.goto('/activity?tab=tools');
  await page.getByRole('table').getByText('session_status').first().waitFor();
  await picture(page, 'tools');
  await page.goto('/activity?tab=messages');
  await page.getByRole('table').getByText('Telegram').first().waitFor();
  await picture(page, 'messages');
  await page.goto('/health');
  await page.getByRole('link', { name: 'Ada' }).first().waitFor();
  await picture(page, 'health');
});
