import type { RuleCondition, TeamRule } from '@clawster/contract/team-rule';
import { RuleAction } from '@clawster/contract/team-rule';
import { expect, test } from 'vitest';
import { wrongRules } from './check-rules.ts';
import { decide } from './decide.ts';
import { isFound } from './expression.ts';
import { type RuleFacts, whyNotFit } from './fits.ts';
import { fitsGlob } from './glob.ts';
import { isWithin } from './window.ts';

const facts: RuleFacts = {
  from: { name: 'front-desk', is: 'lead' },
  to: { name: 'devops-1', is: 'member' },
  capability: 'deploy',
  taskType: 'change',
  text: 'Please restart PRODUCTION tonight',
  channel: 'telegram',
  untrusted: true,
  costUsd: 2,
  hops: 2,
  // A Friday, 22:30 in Berlin.
  at: new Date('2026-11-27T21:30:00Z'),
};
const berlin = { timezone: 'Europe/Berlin' };

test.each<[string, RuleCondition, boolean]>([
  ['nothing said fits everything', {}, true],
  ['who asks, by a pattern', { from: ['front-*'] }, true],
  ['who asks, by what it is', { from: ['@lead'] }, true],
  ['the lead is a member', { from: ['@member'] }, true],
  ['a bot is no person', { from: ['@person'] }, false],
  ['who is asked', { to: ['devops-*'] }, true],
  ['who is asked is no lead', { to: ['@lead'] }, false],
  ['what is asked for, one of several', { capability: ['write', 'dep*'] }, true],
  ['another type', { taskType: ['question'] }, false],
  ['a phrase in whatever case', { text: { contains: ['production'] } }, true],
  ['an expression, in its case', { text: { matches: 'prod' } }, false],
  ['an expression in any case', { text: { matches: '(?i)\\bprod' } }, true],
  ['both of a phrase and an expression', { text: { contains: ['production'], matches: 'tomorrow' } }, false],
  ['where it began', { channel: ['telegram'] }, true],
  ['what people outside wrote', { untrusted: false }, false],
  ['cost above', { costAboveUsd: 2 }, false],
  ['passed on more often', { hopsAbove: 1 }, true],
  ['at night, there', { time: { from: '22:00', to: '06:00', ...berlin } }, true],
  ['not at night, elsewhere', { time: { from: '22:00', to: '06:00', timezone: 'UTC' } }, false],
  ['on another day', { time: { days: [1, 2, 3, 4], ...berlin } }, false],
])('%s', (_, when, fits) => expect(whyNotFit(when, facts) === undefined).toBe(fits));

test('a window over midnight belongs to the day it begins on', () => {
  const window = { days: [5], from: '22:00', to: '06:00', ...berlin };
  expect(isWithin(window, new Date('2026-11-28T02:00:00Z'))).toBe(true);
  expect(isWithin(window, new Date('2026-11-27T02:00:00Z'))).toBe(false);
});

test('a person whose name is like a bot’s is not taken for it', () => {
  const from = { name: 'devops-1', is: 'person' as const };
  expect(whyNotFit({ from: ['devops-*'] }, { ...facts, from })).toBeDefined();
  expect(whyNotFit({ from: ['@person'] }, { ...facts, from })).toBeUndefined();
});

test.each([
  ['*', '', true],
  ['a*c', 'abc', true],
  ['a*b*c', 'aXbYc', true],
  ['ab*ba', 'aba', false],
  ['A.C', 'abc', false],
  ['a', 'ab', false],
])('the pattern %s and the name %s', (pattern, name, fits) => expect(fitsGlob(pattern, name)).toBe(fits));

test('the first rule that fits decides, and it is said why those before it did not', () => {
  const rule = (id: string, some: Partial<TeamRule>): TeamRule => ({
    id,
    name: id,
    enabled: true,
    when: {},
    action: RuleAction.parse({ do: 'allow' }),
    ...some,
  });
  const rules = [
    rule('off', { enabled: false }),
    rule('others', { when: { from: ['@person'] } }),
    rule('hold', { action: RuleAction.parse({ do: 'hold', reason: 'Look at it' }) }),
    rule('any', {}),
  ];
  const { decision, why, passed } = decide(rules, facts);
  expect([decision, why, passed.map(({ ruleId }) => ruleId)]).toEqual(['hold', 'Look at it', ['off', 'others']]);
  expect(decide([], facts).decision).toBe('refuse');
});

test('what is no expression, takes too much, or no time zone is told at its place', () => {
  const rule = (when: RuleCondition): TeamRule => ({
    id: 'one',
    name: 'One',
    enabled: true,
    when,
    action: RuleAction.parse({ do: 'allow' }),
  });
  const wrong = wrongRules([
    rule({ text: { matches: '(' } }),
    rule({ text: { matches: '(?=a)b' } }),
    rule({ text: { matches: '(?:a{40}){40}' } }),
    rule({ time: { timezone: 'Mars/Olympus' } }),
    rule({ text: { matches: 'fine' }, time: { timezone: 'Asia/Tokyo' } }),
  ]);
  expect(wrong.map(({ path }) => path)).toEqual([
    'rules.0.when.text.matches',
    'rules.1.when.text.matches',
    'rules.2.when.text.matches',
    'rules.3.when.time.timezone',
  ]);
});

/** The quickest of some tries: what the machine does beside it is left out. */
function quickest(work: () => unknown): number {
  const times = Array.from({ length: 7 }, () => {
    const begin = performance.now();
    work();
    return performance.now() - begin;
  });
  return Math.min(...times);
}

test.each([
  ['(x+x+)+y', (length: number) => 'x'.repeat(length)],
  ['^(a|aa)+$', (length: number) => `${'a'.repeat(length)}!`],
  ['(.*a){12}', (length: number) => 'ab'.repeat(length / 2)],
])('a text twice as long takes no more than about twice as long: %s', (expression, text) => {
  isFound(expression, text(5_000));
  const [short, long] = [text(5_000), text(20_000)];
  const [one, four] = [quickest(() => isFound(expression, short)), quickest(() => isFound(expression, long))];
  // Four times the length; a matcher that backtracks would need sixteen times as long at least, most of them for ever.
  expect(four).toBeLessThan(Math.max(one, 0.2) * 12);
});
