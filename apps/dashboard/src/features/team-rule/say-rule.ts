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

type Allowing = Exclude<RuleAction, { do: 'refuse' }>;

/** What is done then, in a sentence. */
export function sayAction(action: RuleAction): string {
  if (action.do === 'refuse') return `it is refused: ${action.reason}`;
  const { rights, share } = action;
  return [
    action.do === 'allow' ? 'it is let through' : sayHeld(action.reason),
    sayRewritten(action),
    rights ? `at most: ${sayRights(rights)}` : '',
    sayLimit(action),
    share.down === 'summary' ? '' : shared[share.down],
    share.up === 'outcome' ? 'only done or failed comes back' : '',
  ]
    .filter(Boolean)
    .join('; ');
}

function sayHeld(reason: string): string {
  return reason ? `a person decides: ${reason}` : 'a person decides';
}

function sayRewritten({ rewriteTo }: Allowing): string {
  if (!rewriteTo) return '';
  return `${'bot' in rewriteTo ? rewriteTo.bot : `whoever can do ${rewriteTo.capability}`} does it`;
}

function sayLimit({ limit }: Allowing): string {
  if (!limit) return '';
  const { perHour, open, usd: dollars, minutes } = limit;
  const parts = [
    perHour ? `${perHour} an hour` : '',
    open ? `${open} at once` : '',
    dollars ? `${usd(dollars)} each` : '',
    minutes ? `${minutes} min each` : '',
  ];
  return `up to ${parts.filter(Boolean).join(', ')}`;
}

/** "When the lead asks anybody for review: it is let through." */
export function sayRule({ when, action }: Pick<TeamRule, 'when' | 'action'>): string {
  return `When ${sayCondition(when)}: ${sayAction(action)}.`;
}
