import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { effectiveOf } from '@clawster/domain/config/effective';
import { testRuntime } from '@clawster/runtime/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { goOutThrough } from './host/way-out.ts';
import { until } from './testing/link-server.ts';
import { realStartTimeoutMs } from './testing/real-gateway.ts';
import { type RecordingProvider, startRecordingProvider } from './testing/recording-provider.ts';
import { type Supervised, supervised } from './testing/supervised.ts';
import { openTelegram } from './testing/telegram/open-telegram.ts';
import { startTelegramServer, type TelegramServer } from './testing/telegram/telegram-server.ts';
import { startWayOutProxy } from './testing/way-out-proxy.ts';

/** One bot with the real OpenClaw on Telegram whose names lead nowhere but by its proxy. */
let proxy: Awaited<ReturnType<typeof startWayOutProxy>>;
let provider: RecordingProvider;
let telegram: TelegramServer;
let bot: Supervised;
const portOf = (url: string) => new URL(url).port;
const known = (name: string, url: string) => `${name}.known.example:${portOf(url)}`;

beforeAll(async () => {
  [proxy, provider, telegram] = await Promise.all([
    startWayOutProxy(),
    startRecordingProvider(),
    startTelegramServer(),
  ]);
  const runtime = await testRuntime();
  bot = await supervised({ waitMs: realStartTimeoutMs, runtime, egress: { proxyUrl: proxy.proxyUrl } });
  const channels = [openTelegram(bot.botId)];
  const tools = {
    ref: { kind: 'own' as const, name: 'Ada' },
    settings: { openclaw: { tools: { allow: ['web_fetch'] } } },
  };
  const facts = { name: 'Ada', provider: 'openai-compatible' as const, model: 'demo', channels };
  const baseUrl = `http://${known('models', provider.baseUrl)}/v1`;
  await bot.configure({
    document: effectiveOf(facts, [tools]).document,
    model: { provider: 'openai-compatible', model: 'demo', baseUrl, apiKey: randomUUID() },
    channels: ['telegram'],
    telegram: {
      apiRoot: `http://${known('telegram', telegram.apiRoot)}`,
      token: telegram.bot.issueToken(),
      allowPrivate: true,
    },
  });
  await bot.reaches('ready');
}, realStartTimeoutMs);
afterAll(async () => {
  await bot?.close();
  goOutThrough(undefined);
  await Promise.all([proxy?.close(), provider?.close(), telegram?.close()]);
});

test('its link, its model and its channel take the one way out, and a person is answered', async () => {
  telegram.bot.write(111, 'Hello');
  await until(() => telegram.bot.sent.find(({ chatId }) => chatId === 111), 120_000, 'an answer');
  expect(proxy.places()).toEqual(
    expect.arrayContaining([
      `127.0.0.1:${portOf(bot.link.url)}`,
      known('models', provider.baseUrl),
      known('telegram', telegram.apiRoot),
    ]),
  );
});

test('what OpenClaw fetches by itself takes it, too, and what is on loopback does not', async () => {
  const message = `#demo tool web_fetch ${JSON.stringify({ url: 'https://example.com/page' })}`;
  await bot.link.ask('turn.start', { conversation: randomUUID(), turnId: randomUUID(), message });
  expect(proxy.places()).toContain('example.com:443');
  const onLoopback = proxy.places().filter((place) => /127\.|localhost|::1/.test(place));
  expect(onLoopback).toEqual([`127.0.0.1:${portOf(bot.link.url)}`]);
});

test('its credential is in no document and in no log', async () => {
  const files = ['openclaw.json', 'supervisor.log'];
  for (const file of files)
    expect(await readFile(join(bot.directory, file), 'utf8').catch(() => '')).not.toContain('canary-way-out');
});
