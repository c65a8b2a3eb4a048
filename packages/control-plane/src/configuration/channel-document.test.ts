import { channelKinds, ChannelSettings } from '@clawster/contract/channel-settings';
import { effectiveOf } from '@clawster/domain/config/effective';
import { expect, test } from 'vitest';
import { checkDocument } from './check-document.ts';

const widest = ChannelSettings.parse({
  dmPolicy: 'allowlist',
  allowFrom: ['42'],
  groupPolicy: 'open',
  groups: ['-100123'],
  requireMention: false,
});

test.each(channelKinds)('what OpenClaw is told of %s is what its schema takes', (kind) => {
  for (const settings of [ChannelSettings.parse({}), widest]) {
    const attachment = { id: 'a', botId: 'b', selector: undefined, settings: {} };
    const channels = [{ id: 'c', name: 'House', kind, settings, attachment }];
    const { document, issues } = effectiveOf({ name: 'Ada', provider: 'demo', model: 'demo', channels });
    expect([issues, checkDocument(document, '2026.9.6')]).toEqual([[], []]);
  }
});
