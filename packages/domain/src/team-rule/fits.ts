import type { RuleCondition } from '@clawster/contract/team-rule';
import { isFound } from './expression.ts';
import { fitsGlob } from './glob.ts';
import { isWithin } from './window.ts';

/** A bot or a person as rules name them: by name, or by what they are in the team. */
export type Who = { name: string; is: 'lead' | 'member' | 'person' };

/** What is asked of whom, with all that rules look at. */
export type RuleFacts = {
  from: Who;
  /** Absent: nobody can do it. */
  to?: Who;
  capability?: string;
  taskType?: string;
  text: string;
  channel: string;
  untrusted: boolean;
  costUsd: number;
  hops: number;
  at: Date;
};

type Check = { [Part in keyof RuleCondition]-?: (said: NonNullable<RuleCondition[Part]>, facts: RuleFacts) => boolean };

/** Each part of a condition, and what does not fit about it where it does not. */
const checks: Check = {
  from: (said, { from }) => anyOf(said, from),
  to: (said, { to }) => to !== undefined && anyOf(said, to),
  capability: (said, { capability }) => anyGlob(said, capability),
  taskType: (said, { taskType }) => anyGlob(said, taskType),
  text: ({ contains, matches }, { text }) =>
    (!contains || holdsPhrase(contains, text)) && (matches === undefined || isFound(matches, text)),
  channel: (said, { channel }) => anyGlob(said, channel),
  untrusted: (said, { untrusted }) => said === untrusted,
  time: (said, { at }) => isWithin(said, at),
  costAboveUsd: (said, { costUsd }) => costUsd > said,
  hopsAbove: (said, { hops }) => hops > said,
};

const sayings: Record<keyof RuleCondition, (facts: RuleFacts) => string> = {
  from: ({ from }) => `it is not for ${from.name}`,
  to: ({ to }) => (to ? `it is not about asking ${to.name}` : 'nobody can be asked'),
  capability: ({ capability }) => (capability ? `it is not about ${capability}` : 'no capability is asked for'),
  taskType: ({ taskType }) => (taskType ? `it is not about tasks of type ${taskType}` : 'the task has no type'),
  text: () => 'the text does not fit',
  channel: ({ channel }) => `it did not begin there, but at ${channel}`,
  untrusted: ({ untrusted }) =>
    untrusted ? 'something that people outside wrote is in it' : 'nothing that people outside wrote is in it',
  time: () => 'it is for another time',
  costAboveUsd: () => 'it has not cost so much yet',
  hopsAbove: () => 'it was not passed on so often',
};

/** What in the condition does not fit, in some words; undefined where all of it does. */
export function whyNotFit(when: RuleCondition, facts: RuleFacts): string | undefined {
  for (const part of Object.keys(when) as (keyof RuleCondition)[]) {
    const said = when[part];
    if (said === undefined) continue;
    const check = checks[part] as (said: unknown, facts: RuleFacts) => boolean;
    if (!check(said, facts)) return sayings[part](facts);
  }
  return undefined;
}

function anyOf(patterns: readonly string[], { name, is }: Who): boolean {
  return patterns.some((pattern) => (pattern.startsWith('@') ? isA(pattern, is) : fitsName(pattern, name, is)));
}

/** The lead is a member, too. */
function isA(pattern: string, is: Who['is']): boolean {
  return pattern.toLowerCase() === `@${is}` || (pattern.toLowerCase() === '@member' && is === 'lead');
}

/** Patterns name bots: a person is asked for as one, whatever they are called. */
function fitsName(pattern: string, name: string, is: Who['is']): boolean {
  return pattern === '*' || (is !== 'person' && fitsGlob(pattern, name));
}

function anyGlob(patterns: readonly string[], text: string | undefined): boolean {
  return text !== undefined && patterns.some((pattern) => fitsGlob(pattern, text));
}

function holdsPhrase(phrases: readonly string[], text: string): boolean {
  const all = text.toLowerCase();
  return phrases.some((phrase) => all.includes(phrase.toLowerCase()));
}
