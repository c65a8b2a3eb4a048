import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { testPlugin, testRuntime } from '@clawster/runtime/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { realStartTimeoutMs } from '../testing/real-gateway.ts';
import { type Supervised, supervised } from '../testing/supervised.ts';

/** One bot with the real OpenClaw, on a host without a network: each test goes on where the one before ended. */
let bot: Supervised;
const token = (id: string) => ({ source: 'exec', provider: 'clawster', id });
const channels = {
  slack: { enabled: true, mode: 'socket', botToken: token('slack'), appToken: token('slack-app') },
  discord: { enabled: true, token: token('discord') },
  whatsapp: { enabled: true, dmPolicy: 'pairing', groupPolicy: 'disabled' },
};
type Channel = keyof typeof channels;

const configure = (generation: number, wanted: Channel[]) =>
  bot.configure({
    generation,
    channels: wanted,
    document: {
      ...bot.wanted.document,
      channels: Object.fromEntries(wanted.map((channel) => [channel, channels[channel]])),
      plugins: { enabled: true, allow: wanted, slots: { memory: 'none' } },
    },
    secrets: {
      ...bot.wanted.secrets,
      slack: 'xoxb-1-nobody',
      'slack-app': 'xapp-1-nobody',
      discord: 'bm9ib2R5.G.nobody',
    },
  });
const stateOf = (channel: Channel) => bot.report()?.channels?.find((one) => one.channel === channel);

beforeAll(async () => {
  const runtime = await testRuntime();
  for (const channel of ['slack', 'discord', 'whatsapp'] as const) await testPlugin(channel);
  bot = await supervised({ waitMs: realStartTimeoutMs, runtime });
});
afterAll(() => bot?.close());

test('OpenClaw takes a plugin that was placed for its own, and says that the channel is not linked yet', async () => {
  await configure(1, ['whatsapp']);
  const { reason } = await bot.reaches('degraded', 1);
  expect(reason).toBe('WhatsApp is not linked yet. Scan its code with the phone');
  expect(stateOf('whatsapp')).toMatchObject({ account: 'default', connected: false, state: 'not-linked' });
  expect(bot.report()).toMatchObject({ restartCount: 0 });
});

test('without a network, a code is refused with a sentence, and nobody is logged out', async () => {
  expect(await bot.link.ask('channel.login.start', { channel: 'whatsapp', force: true })).toEqual({
    message: expect.stringMatching(/^WhatsApp login failed/),
  });
  expect(await bot.link.ask('channel.login.wait', { channel: 'whatsapp', timeoutMs: 1_000 })).toMatchObject({
    connected: false,
  });
  expect(await bot.link.ask('channel.logout', { channel: 'whatsapp' })).toEqual({
    loggedOut: false,
    message: 'WhatsApp was not logged in',
  });
  await expect(bot.link.ask('channel.login.start', { channel: 'slack' })).rejects.toMatchObject({ code: 'refused' });
});

test('a bot that gains channels gets their plugins in one restart; what cannot be reached is told after a while', async () => {
  await configure(2, ['whatsapp', 'slack', 'discord']);
  await bot.untilReport((report) => report.applied?.generation === 2, 'the channels');
  await bot.untilReport(
    () => stateOf('slack')?.state === 'disconnected' && stateOf('discord')?.state === 'disconnected',
    'both to be told as disconnected',
  );
  expect(bot.report()).toMatchObject({ state: 'degraded', restartCount: 1 });
  expect(stateOf('slack')?.detail).toMatch(/^Slack is not connected: ./);
  const projects = await readdir(join(bot.directory, 'state', 'npm', 'projects'));
  expect(new Set(projects.map((name) => name.split('-')[1]))).toEqual(new Set(['discord', 'slack', 'whatsapp']));
});
