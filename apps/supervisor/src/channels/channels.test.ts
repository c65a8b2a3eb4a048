import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Configure } from '@clawster/link/supervisor-methods';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Supervised, supervised } from '../testing/supervised.ts';
import { withTelegram } from '../testing/telegram/telegram-document.ts';

let bot: Supervised;
beforeEach(async () => {
  bot = await supervised({ timing: { driftLookMs: 200, proof: { firstMs: 50, laterMs: 200, deadlineMs: 1_500 } } });
});
afterEach(() => bot.close());

const use = { kind: 'channel', channel: 'telegram' } as const;
/** What the stand-in does with a token is in its name: `refused…`, `away…`, or anything else. */
const give = (version: number, token: string, change: Partial<Configure> = {}) =>
  bot.configure({
    generation: version,
    document: withTelegram(bot.wanted.document, { apiRoot: 'http://127.0.0.1:9' }),
    channels: ['telegram'],
    secrets: { ...bot.wanted.secrets, telegram: token },
    credentials: [{ secretId: 'bot-token', version, use }],
    ...change,
  });
const proof = (version: number) =>
  bot
    .untilReport(({ proofs }) => proofs?.some((one) => one.version === version) ?? false, `a proof of ${version}`)
    .then(({ proofs }) => proofs?.[0]);

/** What the control plane would have downloaded for this host. */
const prepare = async (channel: string) => {
  const template = join(bot.directory, '..', 'runtime', 'plugins', channel);
  const own = join(template, 'node_modules', '@openclaw', channel);
  await mkdir(own, { recursive: true });
  await writeFile(join(own, 'openclaw.plugin.json'), JSON.stringify({ id: channel }));
  await writeFile(join(template, 'package.json'), JSON.stringify({ dependencies: { [`@openclaw/${channel}`]: '1' } }));
  await writeFile(join(template, 'clawster-plugin.json'), JSON.stringify({ lockSha256: channel }));
};

test('a channel is told with its state and as whom it is there, and its credential as proven', async () => {
  await give(1, 'good');
  await bot.reaches('ready', 1);
  expect(await proof(1)).toMatchObject({ secretId: 'bot-token', ok: true, text: 'Telegram is connected with it' });
  const { channels } = await bot.untilReport((report) => report.channels?.length === 1, 'the channel');
  expect(channels).toMatchObject([
    { channel: 'telegram', account: 'default', connected: true, state: 'connected', linkedAs: 'stand_in_bot' },
  ]);
});

test('a value that is replaced is proven anew, and the one before is told no more', async () => {
  await give(1, 'good');
  await proof(1);
  await give(2, 'better');
  expect(await proof(2)).toMatchObject({ ok: true });
  expect(bot.report()?.proofs).toHaveLength(1);
  expect(bot.report()).toMatchObject({ restartCount: 0 });
});

test('a value that is refused is told at once, and the bot works on without the channel', async () => {
  await give(1, 'refused');
  expect(await proof(1)).toMatchObject({ ok: false, text: 'Telegram refused the value: Unauthorized. Replace it' });
  const { reason } = await bot.reaches('degraded', 1);
  expect(reason).toMatch(/^Telegram was not let in: Unauthorized/);
  const turn = { conversation: 'main', turnId: 'while-degraded', message: '#demo text here' };
  expect(await bot.link.ask('turn.start', turn)).toEqual({ outcome: 'done' });
  await give(2, 'good');
  expect(await proof(2)).toMatchObject({ ok: true });
  await bot.reaches('ready', 2);
});

test('a value that is neither taken nor refused is told as stuck after a while, and tried on', async () => {
  await give(1, 'away');
  expect(await proof(1)).toMatchObject({ ok: false, text: expect.stringMatching(/^Not proven within 2 s\. Telegram/) });
  await give(2, 'good');
  expect(await proof(2)).toMatchObject({ ok: true });
});

test('a bot that is stopped tells of no channels', async () => {
  await give(1, 'good');
  await bot.untilReport((report) => report.channels?.length === 1, 'the channel');
  await give(2, 'good', { desired: 'stopped' });
  expect(await bot.reaches('stopped', 2)).not.toHaveProperty('channels');
});

test('WhatsApp is linked by a code, probed, and logged out again', async () => {
  await prepare('whatsapp');
  await bot.configure({
    channels: ['whatsapp'],
    document: { ...bot.wanted.document, channels: { whatsapp: { enabled: true } } },
  });
  expect(await bot.reaches('degraded', 1)).toMatchObject({
    reason: 'WhatsApp is not linked yet. Scan its code with the phone',
    channels: [{ state: 'not-linked' }],
  });
  expect(await bot.link.ask('channel.login.start', { channel: 'whatsapp' })).toMatchObject({
    qrDataUrl: expect.stringMatching(/^data:image\/png;base64,/),
  });
  const waited = await bot.link.ask('channel.login.wait', { channel: 'whatsapp', timeoutMs: 1_000 });
  expect(waited).toEqual({ connected: true, message: 'Linked' });
  expect(await bot.link.ask('channel.probe', {})).toMatchObject({
    channels: [{ channel: 'whatsapp', connected: true, linkedAs: '+15550001111' }],
  });
  await bot.reaches('ready', 1);
  expect(await bot.link.ask('channel.logout', { channel: 'whatsapp' })).toMatchObject({ loggedOut: true });
});

test('what OpenClaw refuses is told in its words', async () => {
  await give(1, 'good');
  await bot.reaches('ready', 1);
  const decision = { requestId: 'nothing', decision: 'dismiss', channel: 'telegram', account: 'default' };
  await expect(bot.link.ask('channel.pairing.decide', decision)).rejects.toMatchObject({
    code: 'refused',
    message: 'OpenClaw refuses: pending DM access request no longer exists',
  });
  expect(await bot.link.ask('channel.pairings', {})).toEqual({ requests: [] });
});

test('a bot whose plugin is not prepared yet works without the channel, and gets it by itself once it is', async () => {
  await bot.configure({
    channels: ['slack'],
    document: { ...bot.wanted.document, channels: { slack: { enabled: true } } },
  });
  expect(await bot.reaches('degraded', 1)).toMatchObject({
    reason: 'Slack waits for its plugin, which is added to the bot once it is downloaded',
    channels: [{ channel: 'slack', state: 'missing-plugin' }],
  });
  await prepare('slack');
  await bot.untilReport(({ channels }) => channels?.[0]?.connected ?? false, 'the channel');
  expect(await bot.reaches('ready', 1)).toMatchObject({ restartCount: 1 });
});
