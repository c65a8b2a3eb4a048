import { ChannelSettings } from '@clawster/contract/channel-settings';
import { expect, test } from 'vitest';
import { sayRules } from './say-rules.ts';

test.each([
  [{}, 'May write to it alone: whoever you let in when they ask. Answers among many: nowhere.'],
  [
    { dmPolicy: 'allowlist', allowFrom: ['1', '2'], groupPolicy: 'open', requireMention: false },
    'May write to it alone: only the people listed (2). Answers among many: wherever it is a member, to every message.',
  ],
] as const)('the rules %o are said in one line', (rules, said) =>
  expect(sayRules(ChannelSettings.parse(rules))).toBe(said),
);
