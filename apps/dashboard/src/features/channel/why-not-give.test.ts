import type { Channel } from '@clawster/contract/channel';
import type { ChannelKind } from '@clawster/contract/channel-settings';
import { expect, test } from 'vitest';
import { whyNotGive } from './why-not-give.ts';

const channel = (kind: ChannelKind, ...bots: string[]) =>
  ({ id: kind, name: kind, kind, attachments: bots.map((botName) => ({ botName })) }) as Channel;
const has = [{ channelId: 'discord', kind: 'discord', name: 'Community' }] as const;

test.each([
  ['one it has', channel('discord'), has, 'It has this one'],
  ['another of its kind', { ...channel('discord'), id: '2' }, has, 'It has Community already'],
  ['one that another bot has, where one alone can', channel('telegram', 'Bob'), [], 'Bob has telegram already'],
  ['one that others have as well', channel('whatsapp', 'Bob'), has, undefined],
] as const)('whether a bot can be given %s', (_, wanted, held, sentence) => {
  const whyNot = whyNotGive(wanted, held);
  if (sentence) expect(whyNot).toContain(sentence);
  else expect(whyNot).toBeUndefined();
});
