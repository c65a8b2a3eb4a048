import type { RuleAction, RuleCondition, RuleShare, TeamRule } from '@clawster/contract/team-rule';
import { phrasesIn, wordsIn } from '../../lib/words-in.ts';
import { type RightsDraft, rightsDraft, rightsIn } from '../team/rights.ts';

/** A rule as it is written in a form: empty is what is not said. */
export type RuleDraft = {
  name: string;
  from: string;
  to: string;
  capability: string;
  taskType: string;
  contains: string;
  matches: string;
  channel: string;
  untrusted: '' | 'yes' | 'no';
  days: readonly number[];
  timeFrom: string;
  timeTo: string;
  timezone: string;
  costAboveUsd: string;
  hopsAbove: string;
  do: RuleAction['do'];
  reason: string;
  heldMinutes: string;
  /** Absent: what is asked is done with all that whoever asks may do. */
  rights: RightsDraft | undefined;
  rewriteTo: string;
  perHour: string;
  open: string;
  usd: string;
  minutes: string;
  attempts: string;
  down: RuleShare['down'];
  entries: string;
  up: RuleShare['up'];
};

const written = (value: number | undefined) => (value === undefined ? '' : String(value));
const list = (values: readonly string[] | undefined) => values?.join(', ') ?? '';

export function ruleDraft(rule?: TeamRule): RuleDraft {
  return {
    name: rule?.name ?? '',
    ...conditionDraft(rule?.when ?? {}),
    ...actionDraft(rule?.action ?? { do: 'allow', attempts: 2, share: usualShare }),
  };
}

function conditionDraft(when: RuleCondition) {
  const { text = {}, untrusted } = when;
  return {
    from: list(when.from),
    to: list(when.to),
    capability: list(when.capability),
    taskType: list(when.taskType),
    contains: text.contains?.join('\n') ?? '',
    matches: text.matches ?? '',
    channel: list(when.channel),
    untrusted: untrusted === undefined ? ('' as const) : untrusted ? ('yes' as const) : ('no' as const),
    ...timeDraft(when.time),
    costAboveUsd: written(when.costAboveUsd),
    hopsAbove: written(when.hopsAbove),
  };
}

function timeDraft(time: RuleCondition['time']) {
  return {
    days: time?.days ?? [],
    timeFrom: time?.from ?? '',
    timeTo: time?.to ?? '',
    timezone: time?.timezone ?? 'UTC',
  };
}

const usualShare: RuleShare = { down: 'summary', entries: [], up: 'result' };

function actionDraft(action: RuleAction) {
  const more: Partial<Exclude<RuleAction, { do: 'refuse' }>> = action.do === 'refuse' ? {} : action;
  const { attempts = 2, share = usualShare } = more;
  return {
    do: action.do,
    reason: action.do === 'allow' ? '' : action.reason,
    heldMinutes: action.do === 'hold' ? String(action.minutes) : '1440',
    rights: more.rights && rightsDraft(more.rights),
    rewriteTo: rewrittenTo(more.rewriteTo),
    ...limitDraft(more.limit),
    attempts: String(attempts),
    down: share.down,
    entries: list(share.entries),
    up: share.up,
  };
}

type Allowing = Extract<RuleAction, { do: 'allow' }>;

function rewrittenTo(whom: Allowing['rewriteTo']): string {
  if (!whom) return '';
  return 'bot' in whom ? `bot ${whom.bot}` : `capability ${whom.capability}`;
}

function limitDraft(limit: Allowing['limit'] = {}) {
  return {
    perHour: written(limit.perHour),
    open: written(limit.open),
    usd: written(limit.usd),
    minutes: written(limit.minutes),
  };
}

/** The rule that was written, under the id it has. */
export function ruleIn(draft: RuleDraft, { id, enabled }: Pick<TeamRule, 'id' | 'enabled'>): TeamRule {
  return { id, enabled, name: draft.name.trim(), when: conditionIn(draft), action: actionIn(draft) };
}

function conditionIn(draft: RuleDraft): RuleCondition {
  const phrases = (key: 'from' | 'to' | 'capability' | 'taskType' | 'channel') => said(key, phrasesIn(draft[key]));
  const contains = draft.contains
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const text = { ...said('contains', contains), ...said('matches', draft.matches.trim()) };
  const time = { ...said('days', [...draft.days]), ...said('from', draft.timeFrom), ...said('to', draft.timeTo) };
  return {
    ...phrases('from'),
    ...phrases('to'),
    ...phrases('capability'),
    ...phrases('taskType'),
    ...phrases('channel'),
    ...(Object.keys(text).length > 0 ? { text } : {}),
    ...(draft.untrusted ? { untrusted: draft.untrusted === 'yes' } : {}),
    ...(Object.keys(time).length > 0 ? { time: { ...time, timezone: draft.timezone.trim() || 'UTC' } } : {}),
    ...number('costAboveUsd', draft.costAboveUsd),
    ...number('hopsAbove', draft.hopsAbove),
  };
}

function actionIn(draft: RuleDraft): RuleAction {
  const reason = draft.reason.trim();
  if (draft.do === 'refuse') return { do: 'refuse', reason };
  const [by, whom = ''] = draft.rewriteTo.split(' ');
  const limit = {
    ...number('perHour', draft.perHour),
    ...number('open', draft.open),
    ...number('usd', draft.usd),
    ...number('minutes', draft.minutes),
  };
  const allowed = {
    ...(whom ? { rewriteTo: by === 'bot' ? { bot: whom } : { capability: whom } } : {}),
    ...(draft.rights ? { rights: rightsIn(draft.rights) } : {}),
    ...(Object.keys(limit).length > 0 ? { limit } : {}),
    attempts: Number(draft.attempts) || 2,
    share: { down: draft.down, entries: wordsIn(draft.entries), up: draft.up },
  };
  if (draft.do === 'allow') return { do: 'allow', ...allowed };
  return { do: 'hold', reason, minutes: Number(draft.heldMinutes) || 1_440, ...allowed };
}

/** A part of an object, when there is anything to say. */
function said<Key extends string, Value extends string | readonly unknown[]>(
  key: Key,
  value: Value,
): Partial<Record<Key, Value>> {
  return value.length > 0 ? ({ [key]: value } as Record<Key, Value>) : {};
}

function number<Key extends string>(key: Key, text: string): Partial<Record<Key, number>> {
  return text.trim() === '' ? {} : ({ [key]: Number(text) } as Record<Key, number>);
}

const isAmount = (text: string) => text.trim() === '' || Number(text) >= 0;
/** What is wrong where a part is not as it must be; in the order in which it is told. */
const demands: [why: string, isMet: (draft: RuleDraft) => boolean][] = [
  ['Name the rule', ({ name }) => name.trim() !== ''],
  ['Say why, for the bot that asks', (draft) => draft.do !== 'refuse' || draft.reason.trim() !== ''],
  ['Limits are whole numbers from 1 on', ({ perHour }) => isWhole(perHour, 1, 10_000)],
  ['Limits are whole numbers from 1 on', ({ open }) => isWhole(open, 1, 1_000)],
  ['Limits are whole numbers from 1 on', ({ minutes }) => isWhole(minutes, 1, 10_080)],
  ['How often it was passed on is a whole number', ({ hopsAbove }) => isWhole(hopsAbove, 0, 1_000)],
  ['A cost is in US dollars', ({ costAboveUsd }) => isAmount(costAboveUsd)],
  ['A limit of cost is in US dollars, more than 0', ({ usd }) => usd.trim() === '' || Number(usd) > 0],
  ['It is tried 1 to 5 times', ({ attempts }) => isWhole(attempts, 1, 5)],
  ['It is held for 1 to 10,080 minutes', ({ heldMinutes }) => isWhole(heldMinutes, 1, 10_080)],
];

/** What is missing before the rule can stand among the others. */
export function whyNotRule(draft: RuleDraft): string | undefined {
  return demands.find(([, isMet]) => !isMet(draft))?.[0];
}

function isWhole(text: string, min: number, max: number): boolean {
  const value = Number(text);
  return text.trim() === '' || (Number.isInteger(value) && value >= min && value <= max);
}

/** An id for a rule of this name that none of the others has. */
export function freshId(name: string, rules: readonly TeamRule[]): string {
  const words = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  const begin = words.slice(0, 34).replace(/-+$/, '') || 'rule';
  const taken = new Set(rules.map(({ id }) => id));
  for (let at = 1; ; at += 1) {
    const id = at === 1 ? begin : `${begin}-${at}`;
    if (!taken.has(id)) return id;
  }
}
