import { setTimeout as sleep } from 'node:timers/promises';
import type { Configure } from '@clawster/link/supervisor-methods';
import { testRuntime } from '@clawster/runtime/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../testing/link-server.ts';
import { realStartTimeoutMs } from '../testing/real-gateway.ts';
import { type Supervised, supervised } from '../testing/supervised.ts';
import { withTelegram } from '../testing/telegram/telegram-document.ts';
import { startTelegramServer, type TelegramServer } from '../testing/telegram/telegram-server.ts';

/** One bot with the real OpenClaw on Telegram: each test goes on where the one before ended. */
let telegram: TelegramServer;
let bot: Supervised;
let token = '';
let version = 0;
let generation = 0;
let document: Configure['document'];

/** Gives the bot another token, as another version of the same secret. */
const give = (value: string, change: Partial<Configure> = {}) => {
  token = value;
  version += 1;
  return bot.configure({
    generation: (generation += 1),
    document,
    channels: ['telegram'],
    telegram: { apiRoot: telegram.apiRoot, token },
    credentials: [{ secretId: 'bot-token', version, use: { kind: 'channel', channel: 'telegram' } }],
    ...change,
  });
};
const proven = (ok: boolean) =>
  bot.untilReport(
    ({ proofs }) => proofs?.some((proof) => proof.version === version && proof.ok === ok) ?? false,
    `version ${version} to be ${ok ? 'proven' : 'refused'}`,
  );
const answersTo = (chat: number) => telegram.bot.sent.filter(({ chatId }) => chatId === chat);
const isAnswered = (chat: number) => until(() => answersTo(chat)[0], 120_000, `an answer to ${chat}`);

beforeAll(async () => {
  telegram = await startTelegramServer();
  bot = await supervised({ waitMs: realStartTimeoutMs, runtime: await testRuntime() });
  document = withTelegram(bot.wanted.document);
});
afterAll(async () => {
  await bot?.close();
  await telegram?.close();
});

test('a person writes to the bot and is answered; how the channel is, and as whom, is told', async () => {
  await give(telegram.bot.issueToken());
  await bot.reaches('ready', generation);
  telegram.bot.write(111, 'Hello');
  await isAnswered(111);
  const { channels, proofs } = await bot.untilReport(
    (report) => report.channels?.[0]?.lastOutboundAt !== undefined && report.proofs?.length === 1,
    'the answer in the report',
  );
  expect(channels).toMatchObject([
    { channel: 'telegram', account: 'default', connected: true, state: 'connected', linkedAs: telegram.bot.username },
  ]);
  expect(proofs).toMatchObject([{ secretId: 'bot-token', version: 1, ok: true }]);
});

test('the token is replaced while messages flow: none is lost, none answered twice, the old one is dead', async () => {
  const old = token;
  const people = Array.from({ length: 40 }, (_, index) => 1_000 + index);
  const writing = (async () => {
    for (const person of people) {
      telegram.bot.write(person, 'Hello');
      await sleep(250);
    }
  })();
  await sleep(2_000);
  await give(telegram.bot.issueToken());
  await proven(true);
  telegram.bot.revoke(old);
  const revokedAt = Date.now();
  await writing;
  await Promise.all(people.map(isAnswered));
  // Whoever is answered a second time would be so by now.
  await sleep(5_000);
  expect(people.filter((person) => answersTo(person).length !== 1)).toEqual([]);
  expect(telegram.bot.pending).toEqual([]);
  expect(telegram.bot.asked.filter((asked) => asked.token === old && asked.at > revokedAt)).toEqual([]);
  expect(telegram.bot.asked.some((asked) => asked.token === token && asked.method === 'sendMessage')).toBe(true);
  expect(bot.report()).toMatchObject({ state: 'ready', restartCount: 0 });
});

test('a token that is revoked makes the bot degraded with the reason, and it works on', async () => {
  telegram.bot.revoke(token);
  const { reason, channels } = await bot.reaches('degraded', generation);
  expect(reason).toMatch(/^Telegram was not let in: .*Unauthorized/);
  expect(channels).toMatchObject([{ connected: false, state: 'blocked' }]);
  const turn = { conversation: 'main', turnId: 'while-degraded', message: 'Hello' };
  expect(await bot.link.ask('turn.start', turn)).toEqual({ outcome: 'done' });
});

test('a token that Telegram refuses is told as refused, and a gateway that starts with it works without the channel', async () => {
  await give('7000001:no-such-token', { restartCount: 1 });
  expect((await proven(false)).proofs?.[0]?.text).toMatch(/^Telegram refused the value: .*Replace it$/);
  await bot.untilReport((report) => report.applied?.generation === generation, 'the generation with the bad token');
  expect(await bot.reaches('degraded', generation)).toMatchObject({ channels: [{ state: 'blocked' }] });
});

test('a good token heals it without a restart', async () => {
  const { restartCount } = bot.report() ?? {};
  await give(telegram.bot.issueToken(), { restartCount: 1 });
  await proven(true);
  expect(await bot.reaches('ready', generation)).toMatchObject({ restartCount });
});

test('someone who waits to be let in is listed, let in, and told so', async () => {
  document = withTelegram(bot.wanted.document, { dmPolicy: 'pairing' });
  await give(token, { restartCount: 1 });
  await bot.untilReport((report) => report.applied?.generation === generation, 'the other document');
  telegram.bot.write(222, 'May I come in?');
  await isAnswered(222);
  const { requests } = (await bot.link.ask('channel.pairings', {})) as { requests: { requestId: string }[] };
  expect(requests).toMatchObject([{ channel: 'telegram', account: 'default', senderId: '222' }]);
  const { requestId } = requests[0] ?? {};
  const decision = { requestId, decision: 'approve', channel: 'telegram', account: 'default' };
  await bot.link.ask('channel.pairing.decide', decision);
  expect(answersTo(222).at(-1)?.text).toContain('approved');
  await expect(bot.link.ask('channel.pairing.decide', decision)).rejects.toMatchObject({ code: 'refused' });
  expect(telegram.unknown).toEqual([]);
});
