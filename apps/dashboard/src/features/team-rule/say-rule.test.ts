import type { TeamRule } from '@clawster/contract/team-rule';
import { expect, test } from 'vitest';
import { ruleDraft, ruleIn } from './rule-draft.ts';
import { sayRule } from './say-rule.ts';

const rule = (part: Partial<TeamRule>): TeamRule => ({
  ...ruleIn({ ...ruleDraft(), name: 'A' }, { id: 'a', enabled: true }),
  ...part,
});

test('a rule is read as a sentence: what must fit, and what is done then', () => {
  expect(sayRule(rule({}))).toBe('When anybody asks anybody: it is let through.');
  expect(
    sayRule(
      rule({
        when: {
          from: ['@lead'],
          to: ['clerk', 'support-*'],
          capability: ['refund'],
          text: { contains: ['money back'] },
          channel: ['telegram'],
          untrusted: true,
          costAboveUsd: 2,
        },
        action: { do: 'refuse', reason: 'Never' },
      }),
    ),
  ).toBe(
    'When the lead asks clerk or support-* for refund, the text has “money back”, and it began on Telegram, and people outside had a hand in it, once it has cost more than $2.00: it is refused: Never.',
  );
});

test('a rule that lets less through says how much less', () => {
  const action = ruleIn(
    { ...ruleDraft(), do: 'hold', reason: 'Money', perHour: '3', rewriteTo: 'capability refund', up: 'outcome' },
    rule({}),
  ).action;
  expect(sayRule(rule({ when: { time: { days: [1, 5], from: '09:00', timezone: 'UTC' } }, action }))).toBe(
    'When anybody asks anybody, on Mon, Fri from 09:00 (UTC): a person decides: Money; whoever can do refund does it; up to 3 an hour; only done or failed comes back.',
  );
});
