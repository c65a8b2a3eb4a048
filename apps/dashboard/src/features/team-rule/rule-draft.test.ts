import { TeamRule } from '@clawster/contract/team-rule';
import { expect, test } from 'vitest';
import { freshId, ruleDraft, ruleIn, whyNotRule } from './rule-draft.ts';

const whole: TeamRule = {
  id: 'refunds',
  name: 'Refunds are looked at',
  enabled: false,
  when: {
    from: ['@lead', 'support-*'],
    to: ['clerk'],
    capability: ['refund'],
    taskType: ['refund'],
    text: { contains: ['money back', 'charge back, please'], matches: 'refund.*' },
    channel: ['telegram'],
    untrusted: true,
    time: { days: [1, 5], from: '09:00', to: '17:30', timezone: 'Europe/Paris' },
    costAboveUsd: 0.5,
    hopsAbove: 0,
  },
  action: {
    do: 'hold',
    reason: 'Money leaves us',
    minutes: 60,
    rewriteTo: { capability: 'refund' },
    rights: { capabilities: 'all', tools: ['web_search'] },
    limit: { perHour: 3, open: 2, usd: 1.5, minutes: 30 },
    attempts: 1,
    share: { down: 'entries', entries: ['customers/*'], up: 'outcome' },
  },
};

test('a rule that is opened and saved as it was is the same rule', () => {
  expect(ruleIn(ruleDraft(whole), whole)).toEqual(whole);
  const refusing: TeamRule = { ...whole, when: {}, action: { do: 'refuse', reason: 'Never' } };
  expect(ruleIn(ruleDraft(refusing), refusing)).toEqual(refusing);
});

test('what is written without saying more is a rule of the contract that lets everything through', () => {
  const rule = ruleIn({ ...ruleDraft(), name: 'All' }, { id: 'all', enabled: true });
  expect(TeamRule.parse(rule)).toEqual(rule);
  expect(rule.when).toEqual({});
});

test.each([
  [{}, 'Name the rule'],
  [{ name: 'A', do: 'refuse' as const }, 'Say why, for the bot that asks'],
  [{ name: 'A', perHour: '1.5' }, 'Limits are whole numbers from 1 on'],
  [{ name: 'A', costAboveUsd: 'much' }, 'A cost is in US dollars'],
  [{ name: 'A', attempts: '9' }, 'It is tried 1 to 5 times'],
  [{ name: 'A' }, undefined],
])('%o is saved unless: %s', (part, why) => {
  expect(whyNotRule({ ...ruleDraft(), ...part })).toBe(why);
});

test('an id is made of the name and is nobody else’s', () => {
  expect(freshId('Refunds!', [whole])).toBe('refunds-2');
  expect(freshId('¿?', [])).toBe('rule');
});
