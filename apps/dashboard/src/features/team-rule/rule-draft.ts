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
  const when = rule?.when ?? {};
  return {
    name: rule?.name ?? '',
    from: list(when.from),
    to: list(when.to),
    capability: list(when.capability),
    taskType: list(when.taskType),
    contains: when.text?.contains?.join('\n') ?? '',
    matches: when.text?.matches ?? '',
    channel: list(when.channel),
    untrusted: when.untrusted === undefined ? '' : when.untrusted ? 'yes' : 'no',
    days: when.time?.days ?? [],
    timeFrom: when.time?.from ?? '',
    timeTo: when.time?.to ?? '',
    timezone: when.time?.timezone ?? 'UTC',
    costAboveUsd: written(when.costAboveUsd),
    hopsAbove: written(when.hopsAbove),
    ...actionDraft(rule?.action ?? { do: 'allow', attempts: 2, share: usualShare }),
  };
}

const usualShare: RuleShare = { down: 'summary', entries: [], up: 'result' };

function actionDraft(action: RuleAction) {
  const more = action.do === 'refuse' ? undefined : action;
  const { limit, rewriteTo, share = usualShare } = more ?? {};
  return {
    do: action.do,
    reason: action.do === 'allow' ? '' : action.reason,
    heldMinutes: action.do === 'hold' ? String(action.minutes) : '1440',
    rights: more?.rights && rightsDraft(more.rights),
    rewriteTo: rewriteTo ? ('bot' in rewriteTo ? `bot ${rewriteTo.bot}` : `capability ${rewriteTo.capability}`) : '',
    perHour: written(limit?.perHour),
    open: written(limit?.open),
    usd: written(limit?.usd),
    minutes: written(limit?.minutes),
    attempts: String(more?.attempts ?? 2),
    down: share.down,
    entries: list(share.entries),
    up: share.up,
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

const counts = { perHour: 10_000, open: 1_000, minutes: 10_080 } as const;

/** What is missing before the rule can stand among the others. */
export function whyNotRule(draft: RuleDraft): string | undefined {
  if (!draft.name.trim()) return 'Name the rule';
  if (draft.do === 'refuse' && !draft.reason.trim()) return 'Say why, for the bot that asks';
  const wrong = (Object.keys(counts) as (keyof typeof counts)[]).find((key) => !isWhole(draft[key], 1, counts[key]));
  if (wrong) return 'Limits are whole numbers from 1 on';
  if (!isWhole(draft.hopsAbove, 0, 1_000)) return 'How often it was passed on is a whole number';
  if (!(draft.costAboveUsd.trim() === '' || Number(draft.costAboveUsd) >= 0)) return 'A cost is in US dollars';
  if (!(draft.usd.trim() === '' || Number(draft.usd) > 0)) return 'A limit of cost is in US dollars, more than 0';
  if (!isWhole(draft.attempts, 1, 5)) return 'It is tried 1 to 5 times';
  if (draft.do === 'hold' && !isWhole(draft.heldMinutes, 1, 10_080)) return 'It is held for 1 to 10,080 minutes';
  return undefined;
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
