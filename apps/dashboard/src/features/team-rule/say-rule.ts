import type { RuleAction, RuleCondition, TeamRule } from '@clawster/contract/team-rule';
import { usd } from '../../lib/amount.ts';
import { channelWord } from '../activity/words.ts';
import { sayRights } from '../team/rights.ts';

const who: Record<string, string> = { '@lead': 'the lead', '@member': 'a member', '@person': 'a person here' };
const or = (words: readonly string[]) => words.join(' or ');
const named = (words: readonly string[]) => or(words.map((word) => who[word] ?? word));
const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
export const dayName = (day: number) => dayNames[day - 1] ?? '';

/** What must fit, in a sentence. */
export function sayCondition(when: RuleCondition): string {
  const { from, to, capability, taskType, channel } = when;
  const asks = `${from ? named(from) : 'anybody'} asks ${to ? named(to) : 'anybody'}`;
  return [
    asks + (capability ? ` for ${or(capability)}` : ''),
    taskType ? `as ${or(taskType)}` : '',
    sayText(when.text),
    channel ? `and it began on ${or(channel.map((one) => (one.includes('*') ? one : channelWord(one))))}` : '',
    when.untrusted === undefined
      ? ''
      : `and people outside ${when.untrusted ? 'had a hand in it' : 'had no hand in it'}`,
    sayTime(when.time),
    when.costAboveUsd === undefined ? '' : `once it has cost more than ${usd(when.costAboveUsd)}`,
    when.hopsAbove === undefined ? '' : `passed on more than ${when.hopsAbove} times`,
  ]
    .filter(Boolean)
    .join(', ');
}

function sayText(text: RuleCondition['text']): string {
  const contains = text?.contains?.length ? `the text has “${text.contains.join('” or “')}”` : '';
  const matches = text?.matches ? `the text matches ${text.matches}` : '';
  return [contains, matches].filter(Boolean).join(' and ');
}

function sayTime(time: RuleCondition['time']): string {
  if (!time) return '';
  const days = time.days?.length ? `on ${time.days.map(dayName).join(', ')}` : '';
  const hours = [time.from ? `from ${time.from}` : '', time.to ? `until ${time.to}` : ''].filter(Boolean).join(' ');
  return [days, hours, `(${time.timezone})`].filter(Boolean).join(' ');
}

const shared = {
  none: 'told nothing but the title',
  summary: 'told what was written of it',
  entries: 'told what was written and some of the context',
  thread: 'told the conversation it comes of, too',
};

/** What is done then, in a sentence. */
export function sayAction(action: RuleAction): string {
  if (action.do === 'refuse') return `it is refused: ${action.reason}`;
  const { rewriteTo, rights, limit, share } = action;
  const to = rewriteTo && ('bot' in rewriteTo ? rewriteTo.bot : `whoever can do ${rewriteTo.capability}`);
  const limits = limit && [
    limit.perHour ? `${limit.perHour} an hour` : '',
    limit.open ? `${limit.open} at once` : '',
    limit.usd ? `${usd(limit.usd)} each` : '',
    limit.minutes ? `${limit.minutes} min each` : '',
  ];
  return [
    action.do === 'allow' ? 'it is let through' : `a person decides${action.reason ? `: ${action.reason}` : ''}`,
    to ? `${to} does it` : '',
    rights ? `at most: ${sayRights(rights)}` : '',
    limits ? `up to ${limits.filter(Boolean).join(', ')}` : '',
    share.down === 'summary' ? '' : shared[share.down],
    share.up === 'outcome' ? 'only done or failed comes back' : '',
  ]
    .filter(Boolean)
    .join('; ');
}

/** "When the lead asks anybody for review: it is let through." */
export function sayRule({ when, action }: Pick<TeamRule, 'when' | 'action'>): string {
  return `When ${sayCondition(when)}: ${sayAction(action)}.`;
}
