import { askChannel } from '@clawster/control-plane/channel/ask-channel';
import { dumpAll } from '@clawster/control-plane/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type MessagingServices, startMessagingServices } from '../testing/messaging-services.ts';
import { type TestApp, testApp } from './test-app.ts';
import { asking, type Body, type Credential } from './test-people.ts';

const token = '123456789:AAE-canary-canary-canary-canary';
const other = '123456789:AAE-another-another-another-another';
const discordToken = 'MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs';
let app: TestApp;
let as: Credential;
let services: MessagingServices;
beforeAll(async () => {
  app = await testApp();
  services = await startMessagingServices();
  services.telegram.set(token, 'house_bot').set(other, 'house_bot');
  services.slack.bots.set('xoxb-1234567890-abc', { user: 'house', team: 'Acme' });
  services.slack.apps.add('xapp-1234567890-abc');
  services.discord.set(discordToken, { username: 'House', flags: 1 << 19 });
});
beforeEach(async () => {
  as = { cookie: await app.cookieOf(await app.newWorkspace(), 'owner') };
});
afterAll(async () => {
  await app.close();
  await services.close();
});

const { asked, done } = asking(() => ({ app, as }));
const settings = () => ({ apiRoot: services.origins.telegram, dmPolicy: 'allowlist', allowFrom: ['42'] });
const newChannel = (fields: Body = {}) =>
  done('POST /channels', {
    name: 'Support',
    kind: 'telegram',
    settings: settings(),
    credentials: { 'bot-token': { value: token } },
    ...fields,
  });
const newBot = (name: string, labels = {}) => done('POST /bots', { name, labels, start: false });
const documentOf = async (bot: Body) =>
  (await done(`GET /bots/${String(bot['id'])}/configuration`))['document'] as Record<string, Record<string, unknown>>;

describe('a messaging service', () => {
  const ask = (kind: 'telegram' | 'slack' | 'discord', credentials: Record<string, string>) =>
    askChannel({ kind, settings: {}, credentials }, { allowPrivate: true, now: new Date(), origins: services.origins });
  test.each([
    ['telegram', { 'bot-token': token }, true, 'It is @house_bot'],
    ['telegram', { 'bot-token': '1:x' }, false, 'Telegram refused the bot token'],
    ['slack', { 'bot-token': 'xoxb-1234567890-abc', 'app-token': 'xapp-1234567890-abc' }, true, 'It is house in Acme'],
    [
      'slack',
      { 'bot-token': 'xoxb-1', 'app-token': 'xapp-1234567890-abc' },
      false,
      'refused the bot token (invalid_auth)',
    ],
    ['slack', { 'bot-token': 'xoxb-1234567890-abc', 'app-token': 'xapp-1' }, false, 'refused the app-level token'],
    ['discord', { 'bot-token': discordToken }, true, 'It is House'],
    ['discord', { 'bot-token': 'x' }, false, 'Discord refused the bot token'],
  ] as const)('%s is asked whom a token is of', async (kind, credentials, ok, message) => {
    expect(await ask(kind, credentials)).toMatchObject({ ok, message: expect.stringContaining(message) });
  });
  test('Discord is asked whether the bot may read messages, without which it hears nothing', async () => {
    services.discord.set('deaf', { username: 'Deaf', flags: 0 });
    expect((await ask('discord', { 'bot-token': 'deaf' })).message).toContain('Message Content Intent');
  });
});

test('a channel is added once its service took the token, which is a secret from then on and nowhere in the clear', async () => {
  const channel = await newChannel();
  expect(channel).toMatchObject({ check: { ok: true, account: '@house_bot' }, attachments: [], botCount: 0 });
  expect(channel['secrets']).toMatchObject([{ field: 'bot-token', name: 'Support bot token', version: 1 }]);
  const told = [JSON.stringify([channel, await done('GET /events')]), ...app.logged, ...(await dumpAll(app.plane))];
  expect(told.filter((text) => text.includes(token))).toEqual([]);
});

test.each([
  ['a token the service does not know', { 'bot-token': { value: '123456789:AAE-unknown-unknown-unknown' } }, 'refused'],
  ['what does not look like a token', { 'bot-token': { value: 'hello' } }, 'This is not a bot token of Telegram'],
  ['no token', {}, 'Telegram needs a bot token'],
  ['a token it has no use for', { 'bot-token': { value: token }, 'app-token': { value: 'x' } }, 'takes no app token'],
])('%s is refused in a sentence, and nothing is saved', async (_, credentials, sentence) => {
  const refused = await asked('POST /channels', {
    name: 'Support',
    kind: 'telegram',
    settings: settings(),
    credentials,
  });
  expect([refused.status, refused.body.detail]).toEqual([expect.any(Number), expect.stringContaining(sentence)]);
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect([(await done('GET /channels')).items, (await done('GET /secrets')).items]).toEqual([[], []]);
});

test('a bot it is attached to is told of it by reference, runs its plugin alone, and differs where it says so', async () => {
  const channel = await newChannel();
  const bot = await newBot('Ada');
  const before = await documentOf(bot);
  expect([before['channels'], before['plugins']]).toEqual([undefined, { enabled: false }]);
  const attached = await done(`POST /channels/${String(channel['id'])}/attachments`, {
    botId: bot['id'],
    settings: { allowFrom: ['42', '77'], groupPolicy: 'allowlist', groups: ['-100123'] },
  });
  expect(attached).toMatchObject({ botCount: 1, attachments: [{ botName: 'Ada' }] });
  const document = await documentOf(bot);
  expect(document['plugins']).toEqual({ enabled: true, allow: ['telegram'], slots: { memory: 'none' } });
  expect(document['channels']).toEqual({
    telegram: {
      enabled: true,
      configWrites: false,
      botToken: { source: 'exec', provider: 'clawster', id: 'telegram-bot-token' },
      dmPolicy: 'allowlist',
      allowFrom: ['42', '77'],
      groupPolicy: 'allowlist',
      groups: { '-100123': { requireMention: true } },
      apiRoot: '${clawster:telegramUrl}',
    },
  });
  expect((await done(`GET /bots/${String(bot['id'])}/channels`)).items).toMatchObject([
    { name: 'Support', settings: { allowFrom: ['42', '77'] }, status: { state: 'stopped' } },
  ]);
  const [attachment] = attached['attachments'] as Body[];
  const detached = await done(`DELETE /channels/${String(channel['id'])}/attachments/${String(attachment?.['id'])}`);
  expect(detached['attachments']).toEqual([]);
  expect((await documentOf(bot))['channels']).toBeUndefined();
});

test('one bot alone has a Telegram channel, and a bot has one of a kind', async () => {
  const channel = await newChannel();
  const [ada, bob] = [await newBot('Ada', { team: 'a' }), await newBot('Bob', { team: 'a' })];
  const attach = (to: Body, which = channel) => asked(`POST /channels/${String(which['id'])}/attachments`, to);
  const byLabels = await attach({ selector: { team: 'a' } });
  expect(byLabels.body.detail).toContain('attach Support to one bot by name');
  expect((await attach({ botId: ada['id'] })).status).toBe(200);
  expect((await attach({ botId: ada['id'] })).body.detail).toBe('Ada has Support already');
  expect((await attach({ botId: bob['id'] })).body.detail).toContain('Ada has Support already: detach it there first');
  const second = await newChannel({ name: 'Sales', credentials: { 'bot-token': { value: other } } });
  expect((await attach({ botId: ada['id'] }, second)).body.detail).toContain('one Telegram channel at most');
});

test('WhatsApp is attached by labels too, to bots that come later as well, and linked by no token', async () => {
  const channel = await newChannel({ kind: 'whatsapp', settings: { dmPolicy: 'pairing' }, credentials: {} });
  await newBot('Ada', { team: 'a' });
  await done(`POST /channels/${String(channel['id'])}/attachments`, { selector: { team: 'a' } });
  const late = await newBot('Bob', { team: 'a' });
  expect((await documentOf(late))['channels']).toMatchObject({ whatsapp: { enabled: true, dmPolicy: 'pairing' } });
  expect(await done(`GET /channels/${String(channel['id'])}`)).toMatchObject({ botCount: 2 });
});

test('new credentials are asked first, are another version of the secret, and reach the bot as another generation', async () => {
  const channel = await newChannel();
  const bot = await newBot('Ada');
  await done(`POST /channels/${String(channel['id'])}/attachments`, { botId: bot['id'] });
  const { generation } = await done(`GET /bots/${String(bot['id'])}`);
  const path: `PATCH /${string}` = `PATCH /channels/${String(channel['id'])}`;
  const wrong = await asked(path, { credentials: { 'bot-token': { value: '123456789:AAE-unknown-unknown-unknown' } } });
  expect(wrong.status).toBe(422);
  const changed = await done(path, { credentials: { 'bot-token': { value: other } } });
  expect(changed['secrets']).toMatchObject([{ version: 2 }]);
  expect(await done(`GET /bots/${String(bot['id'])}`)).toMatchObject({ generation: Number(generation) + 1 });
});

test('a stored token goes to no address it was not entered for', async () => {
  const channel = await newChannel();
  const moved = await asked(`PATCH /channels/${String(channel['id'])}`, {
    settings: { ...settings(), apiRoot: 'https://elsewhere.example' },
  });
  expect(moved.body.detail).toContain('Enter the token again');
});

test('a channel that a bot has is not deleted; its secret goes with it when it is', async () => {
  const channel = await newChannel();
  const bot = await newBot('Ada');
  const { attachments } = await done(`POST /channels/${String(channel['id'])}/attachments`, { botId: bot['id'] });
  const used = await asked(`DELETE /channels/${String(channel['id'])}`);
  expect([used.status, used.body.detail]).toEqual([409, 'Ada has this channel: detach it first']);
  const [attachment] = attachments as Body[];
  await done(`DELETE /channels/${String(channel['id'])}/attachments/${String(attachment?.['id'])}`);
  await done(`DELETE /channels/${String(channel['id'])}`);
  expect((await done('GET /secrets')).items).toEqual([]);
});
