import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTelegramServer, type TelegramServer } from '../testing/telegram/telegram-server.ts';
import { openTelegramRelay, type TelegramRelay } from './telegram-relay.ts';

const key = 'virtual-virtual-virtual-virtual-vir';
let telegram: TelegramServer;
let relay: TelegramRelay;
let real: string;
beforeEach(async () => {
  telegram = await startTelegramServer();
  relay = await openTelegramRelay(key);
  real = telegram.bot.issueToken();
  relay.setUpstream({ apiRoot: telegram.apiRoot, token: real });
});
afterEach(() => Promise.all([relay.close(), telegram.close()]));

const call = async (method: string, body: object = {}, token = relay.tokenFor({ apiRoot: '', token: real })) => {
  const response = await fetch(`${relay.url}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { ok: boolean; result?: unknown } };
};

test('a call goes out with the real token, and what comes back with none', async () => {
  const { status, body } = await call('getMe');
  expect([status, body.result]).toMatchObject([200, { username: telegram.bot.username }]);
  expect(telegram.bot.asked.map(({ token }) => token)).toEqual([real]);
  expect(JSON.stringify(body)).not.toContain(real);
});

test.each([['the real token'], ['another one'], ['none at all']])('%s opens nothing here', async (what) => {
  const token = { 'the real token': real, 'another one': `${telegram.bot.id}:wrong`, 'none at all': '' }[what];
  const refused = await fetch(`${relay.url}/bot${token}/getMe`);
  expect(refused.status).toBe(401);
  expect(telegram.bot.asked).toEqual([]);
});

test('a poll under way goes on with another token, and brings what is written then', async () => {
  const polling = call('getUpdates', { timeout: 30 });
  await expect.poll(() => telegram.bot.asked.length).toBe(1);
  const next = telegram.bot.issueToken();
  relay.setUpstream({ apiRoot: telegram.apiRoot, token: next });
  await expect.poll(() => telegram.bot.asked.at(-1)?.token).toBe(next);
  telegram.bot.revoke(real);
  telegram.bot.write(42, 'Hello');
  expect((await polling).body.result).toMatchObject([{ message: { text: 'Hello' } }]);
});

test('what Telegram refuses is told as it says it, and without an upstream nothing goes out', async () => {
  telegram.bot.revoke(real);
  expect((await call('getMe')).status).toBe(401);
  const asked = telegram.bot.asked.length;
  relay.setUpstream(undefined);
  expect((await call('getMe')).status).toBe(401);
  expect(telegram.bot.asked).toHaveLength(asked);
});

test('a server that is away is told as a connection that breaks, as it is without this', async () => {
  relay.setUpstream({ apiRoot: 'http://127.0.0.1:9', token: real });
  await expect(call('getMe')).rejects.toThrow('fetch failed');
});
