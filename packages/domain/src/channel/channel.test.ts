import { ChannelSettings, type ChannelKind } from '@clawster/contract/channel-settings';
import { describe, expect, test } from 'vitest';
import { channelsOf, type StoredAttachment, whyNotAttach, whyNotTogether } from './channels-of.ts';
import { channelDocument } from './document.ts';
import { whyNotCredentials } from './kinds.ts';
import { channelStatus, type SeenChannel } from './status.ts';

const settings = ChannelSettings.parse({});
const attachment = (fields: Partial<StoredAttachment>): StoredAttachment => ({
  id: 'a',
  botId: undefined,
  selector: undefined,
  settings: {},
  ...fields,
});
const channel = (kind: ChannelKind, ...attachments: StoredAttachment[]) => ({
  id: kind,
  name: kind,
  kind,
  settings,
  attachments,
});
const ada = { id: 'ada', labels: { team: 'a', env: 'prod' } };

describe('a bot has a channel', () => {
  test.each([
    ['that names it', attachment({ botId: 'ada' }), true],
    ['that names another', attachment({ botId: 'bob' }), false],
    ['whose labels it has', attachment({ selector: { team: 'a' } }), true],
    ['of whose labels it lacks one', attachment({ selector: { team: 'a', env: 'test' } }), false],
  ])('%s', (_, one, has) => expect(channelsOf(ada, [channel('discord', one)])).toHaveLength(has ? 1 : 0));

  test('and where both name and labels fit, how it differs is said by the one with its name', () => {
    const both = [
      attachment({ selector: { team: 'a' }, settings: { dmPolicy: 'open' } }),
      attachment({ botId: 'ada', settings: { dmPolicy: 'disabled' } }),
    ];
    const [one] = channelsOf(ada, [channel('discord', ...both)]);
    expect(one?.settings).toEqual({ ...settings, dmPolicy: 'disabled' });
  });
});

test('two channels of one kind are not had together', () => {
  const mine = attachment({ botId: 'ada' });
  const two = channelsOf(ada, [channel('discord', mine), { ...channel('discord', mine), id: '2', name: 'second' }]);
  expect(whyNotTogether(two)[0]?.message).toContain('one Discord channel at most');
  expect(whyNotTogether(channelsOf(ada, [channel('discord', mine), channel('slack', mine)]))).toEqual([]);
});

test.each([
  ['telegram', { selector: { a: 'b' } }, [], 'attach telegram to one bot by name'],
  ['slack', {}, ['Bob'], 'Bob has slack already'],
  ['slack', {}, [], undefined],
  ['discord', { selector: { a: 'b' } }, ['Bob'], undefined],
  ['whatsapp', {}, ['Bob'], undefined],
] as const)('%s attached to %o while %o have it', (kind, to, others, sentence) => {
  const whyNot = whyNotAttach({ name: kind, kind }, to, others);
  if (sentence === undefined) expect(whyNot).toBeUndefined();
  else expect(whyNot).toContain(sentence);
});

describe('OpenClaw is told of a channel', () => {
  test('with references in the place of credentials', () => {
    const ref = (id: string) => ({ source: 'exec', provider: 'clawster', id });
    expect(channelDocument('slack', settings)).toMatchObject({
      botToken: ref('slack-bot-token'),
      appToken: ref('slack-app-token'),
      mode: 'socket',
    });
    expect(channelDocument('discord', settings)).toMatchObject({ token: ref('discord-bot-token') });
    expect(JSON.stringify(channelDocument('whatsapp', settings))).not.toContain('exec');
  });
  test.each([
    ['nowhere', { groupPolicy: 'disabled', groups: ['1'] }, {}],
    ['in those named', { groupPolicy: 'allowlist', groups: ['1'] }, { '1': { requireMention: true } }],
    [
      'everywhere, unasked',
      { groupPolicy: 'open', groups: [], requireMention: false },
      { '*': { requireMention: false } },
    ],
  ] as const)('that it answers %s among many', (_, fields, groups) => {
    const told = channelDocument('telegram', ChannelSettings.parse(fields));
    expect(told['groups']).toEqual(groups);
  });
  test('that everybody may write to it, in the one way it takes', () =>
    expect(channelDocument('telegram', { ...settings, dmPolicy: 'open' })['allowFrom']).toEqual(['*']));
});

test('no sentence about credentials holds any of a value', () => {
  const value = 'hunter2-hunter2';
  for (const kind of ['telegram', 'slack', 'discord', 'whatsapp'] as const)
    expect(whyNotCredentials(kind, { 'bot-token': value })?.message).not.toContain(value);
});

describe('how a channel is', () => {
  const now = new Date('2026-01-01T00:10:00Z');
  const seen: SeenChannel = {
    channel: 'telegram',
    state: 'connected',
    detail: 'Connected',
    checkedAt: '2026-01-01T00:09:50Z',
  };
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000);
  test.each([
    ['as it was seen', { seen, desired: 'running', heardAt: ago(5) }, 'connected'],
    ['unknown, when its bot was not heard from for long', { seen, desired: 'running', heardAt: ago(60) }, 'unknown'],
    [
      'unknown, when its bot was never heard from',
      { seen: undefined, desired: 'running', heardAt: undefined },
      'unknown',
    ],
    ['on its way, until its bot tells of it', { seen: undefined, desired: 'running', heardAt: ago(5) }, 'connecting'],
    ['stopped with its bot', { seen, desired: 'stopped', heardAt: ago(5) }, 'stopped'],
  ] as const)('is told %s', (_, heard, state) => expect(channelStatus({ ...heard, now }).state).toBe(state));
});
