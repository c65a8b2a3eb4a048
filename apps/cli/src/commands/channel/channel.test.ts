import type { BotChannel, Channel } from '@clawster/contract/channel';
import type { Secret } from '@clawster/contract/secret';
import { encode as encodePng } from 'fast-png';
import { encode, renderUnicodeCompact } from 'uqr';
import { expect, test } from 'vitest';
import { botOf } from '../../testing/bot.ts';
import { cliAt } from '../../testing/cli-at.ts';
import type { Handlers } from '../../testing/server.ts';

const settings: Channel['settings'] = {
  dmPolicy: 'pairing',
  allowFrom: [],
  groupPolicy: 'disabled',
  groups: [],
  requireMention: true,
};
const bot = botOf({ name: 'Ada' });
const attachment = { id: '3f6f3f0e-6f43-4d53-9c38-000000000011', botId: bot.id, botName: bot.name, settings: {} };
const channel: Channel = {
  id: '3f6f3f0e-6f43-4d53-9c38-000000000010',
  name: 'Support',
  kind: 'slack',
  settings,
  secrets: [{ field: 'bot-token', secretId: '3f6f3f0e-6f43-4d53-9c38-000000000012', name: 'Slack bot', version: 1 }],
  check: { ok: true, message: 'Slack knows it', account: '@support', checkedAt: '2026-01-01T00:00:00Z' },
  attachments: [attachment],
  botCount: 1,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};
const kept: Secret = {
  id: '3f6f3f0e-6f43-4d53-9c38-000000000012',
  name: 'Slack bot',
  note: '',
  version: 1,
  setAt: '2026-01-01T00:00:00Z',
  uses: [],
  botCount: 0,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};
const ofBot = (kind: BotChannel['kind']): BotChannel => ({
  channelId: channel.id,
  name: 'Support',
  kind,
  settings,
  attachmentId: attachment.id,
  status: { state: 'connected', detail: 'Connected', lastInboundAt: '2026-01-01T00:00:00Z' },
});
const pairing = {
  requestId: 'request-1',
  kind: 'telegram',
  account: 'default',
  senderId: '42',
  senderName: 'Grace',
  requestedAt: '2026-01-01T00:00:00Z',
};
const cli = (more: Handlers = {}) =>
  cliAt({
    'bots.list': () => ({ items: [bot], total: 1 }),
    'secrets.list': () => ({ items: [kept], total: 1 }),
    'channels.list': () => ({ items: [channel], total: 1 }),
    'channels.create': () => channel,
    'channels.test': () => ({ ...channel.check, ok: false, message: 'Slack refused the token' }),
    'channels.update': () => channel,
    'channels.check': () => channel,
    'channels.attach': () => channel,
    'channels.updateAttachment': () => channel,
    'channels.detach': () => channel,
    'channels.delete': () => ({}),
    'channels.ofBot': () => ({ items: [ofBot('slack')] }),
    'channels.probe': () => ({ items: [ofBot('slack')] }),
    'channels.pairings': () => ({ items: [pairing] }),
    'channels.decidePairing': () => ({}),
    ...more,
  });

test('channels are listed and shown with their account, rules and bots', async () => {
  const { run } = await cli();
  expect((await run(['channel', 'list'])).stdout).toMatch(/Support +Slack +@support +1 +Slack knows it/);
  const { stdout } = await run(['channel', 'show', 'support']);
  expect(stdout).toContain('alone     pairing');
  expect(stdout).toMatch(/Ada +nothing/);
  expect((await run(['channel', 'check', 'Support'])).stdout).toContain('Slack knows it');
});

test('a channel is added with a kept secret, a token from standard input, and who may write', async () => {
  const { run, server } = await cli();
  const argv = ['channel', 'create', 'Support', '--kind', 'slack', '--secret', 'bot-token=Slack bot', '--token-stdin'];
  const { code } = await run([...argv, '--dm', 'allowlist', '--allow-from', 'U1', 'U2', '--mention', 'no'], {
    stdin: 'xapp-1\n',
  });
  expect(code).toBe(0);
  expect(server.calls.at(-1)?.input).toEqual({
    name: 'Support',
    kind: 'slack',
    settings: { ...settings, dmPolicy: 'allowlist', allowFrom: ['U1', 'U2'], requireMention: false },
    credentials: { 'bot-token': { secretId: kept.id }, 'app-token': { value: 'xapp-1' } },
  });
});

test('a token that a service does not take ends with 1; one that a kind has not is wrong usage', async () => {
  const { run } = await cli();
  const refused = await run(['channel', 'test', '--kind', 'slack', '--token-stdin'], { stdin: 'a\nb\n' });
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('Slack refused the token')]);
  const wrong = await run(['channel', 'test', '--kind', 'telegram', '--secret', 'app-token=Slack bot']);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('Telegram takes no app-token')]);
});

test('a change keeps the rules that are not named; a change of nothing is no change', async () => {
  const { run, server } = await cli();
  await run(['channel', 'update', 'Support', '--in-groups', 'open']);
  expect(server.calls.at(-1)?.input).toMatchObject({ settings: { ...settings, groupPolicy: 'open' }, credentials: {} });
  expect((await run(['channel', 'update', 'Support'])).code).toBe(2);
});

test('a channel is attached by name or labels; said again it is how a bot differs; it is detached so', async () => {
  const { run, server } = await cli();
  await run(['channel', 'attach', 'Support', '--labels', 'team=support']);
  expect(server.calls.at(-1)).toMatchObject({ name: 'channels.attach', input: { selector: { team: 'support' } } });
  await run(['channel', 'attach', 'Support', '--bot', 'Ada', '--dm', 'open']);
  expect(server.calls.at(-1)).toMatchObject({
    name: 'channels.updateAttachment',
    input: { attachmentId: attachment.id, settings: { dmPolicy: 'open' } },
  });
  expect((await run(['channel', 'detach', 'Support', '--bot', 'Ada'])).code).toBe(0);
  expect(server.calls.at(-1)?.input).toMatchObject({ attachmentId: attachment.id });
  const elsewhere = await run(['channel', 'detach', 'Support', '--labels', 'a=b']);
  expect([elsewhere.code, elsewhere.stderr]).toEqual([1, expect.stringContaining('is not attached so')]);
  expect((await run(['channel', 'attach', 'Support'])).code).toBe(2);
  expect((await run(['channel', 'delete', 'Support'])).stdout).toContain('Support is deleted');
});

test('the channels of a bot are told as they were seen, and looked at now when asked to', async () => {
  const { run, server } = await cli();
  expect((await run(['bot', 'channels', 'Ada'])).stdout).toMatch(/Support +Slack +connected .*Connected/);
  await run(['bot', 'channels', 'Ada', '--probe']);
  expect(server.calls.at(-1)?.name).toBe('channels.probe');
});

test('who waits to be let in is listed, and decided by the id', async () => {
  const { run, server } = await cli();
  expect((await run(['bot', 'pairings', 'Ada'])).stdout).toMatch(/request-1 +Grace \(42\) +Telegram/);
  expect((await run(['bot', 'pairings', 'Ada', '--approve', 'request-1'])).stderr).toContain('Grace was let in');
  expect(server.calls.at(-1)?.input).toMatchObject({ requestId: 'request-1', account: 'default', decision: 'approve' });
  expect((await run(['bot', 'pairings', 'Ada', '--dismiss', 'other'])).code).toBe(1);
});

/** A code as the gateway sends it: four dots wide for each, and white around. */
function pictureOf(text: string): string {
  const { data, size } = encode(text, { border: 4 });
  const width = size * 4;
  const dots = Uint8Array.from({ length: width * width * 4 }, (_, at) => {
    const [x, y] = [Math.floor((at / 4) % width), Math.floor(at / 4 / width)];
    if (at % 4 === 3) return 255;
    return data[Math.floor(y / 4)]?.[Math.floor(x / 4)] ? 0 : 255;
  });
  const png = encodePng({ width, height: width, data: dots, channels: 4, depth: 8 });
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}

test('WhatsApp is linked by codes drawn in the terminal, each that takes the place of another', async () => {
  const answers = [
    { connected: false, message: 'Scan the new code', qrDataUrl: pictureOf('code-2') },
    { connected: true, message: 'Linked as +49 1' },
  ];
  const { run, server } = await cli({
    'channels.ofBot': () => ({ items: [ofBot('whatsapp')] }),
    'channels.startLogin': () => ({ connected: false, message: 'Scan it', qrDataUrl: pictureOf('code-1') }),
    'channels.waitLogin': () => answers.shift(),
  });
  const { code, stdout, stderr } = await run(['bot', 'link-whatsapp', 'Ada']);
  expect([code, stdout]).toEqual([0, expect.stringContaining('Ada is linked. Linked as +49 1')]);
  expect(stderr).toContain(renderUnicodeCompact('code-1'));
  expect(stderr).toContain(renderUnicodeCompact('code-2'));
  expect(server.calls.at(-1)?.input).toMatchObject({ qrDataUrl: pictureOf('code-2') });
});

test('a bot without WhatsApp, and one that gets no code, are told of', async () => {
  const { run } = await cli();
  expect((await run(['bot', 'link-whatsapp', 'Ada'])).stderr).toContain('Ada has no WhatsApp channel');
  const offline = await cli({
    'channels.ofBot': () => ({ items: [ofBot('whatsapp')] }),
    'channels.startLogin': () => ({ connected: false, message: 'WhatsApp cannot be reached' }),
  });
  const { code, stderr } = await offline.run(['bot', 'link-whatsapp', 'Ada']);
  expect([code, stderr]).toEqual([1, expect.stringContaining('no code to scan: WhatsApp cannot be reached')]);
});
