import type { Signal } from '@clawster/contract/health';
import type { HealthFacts } from './facts.ts';
import { silenceSeconds } from './presence.ts';
import { type Said, signalOf } from './signal.ts';

/** An answer of a model says so much of it for a day: bots that nobody writes to are not asked idly. */
const modelSeconds = 24 * 3600;
/** One call that fails is an accident. */
const failedCallsMin = 3;
const failedTurnsMin = 3;
const failedShareMin = 0.25;
/** Compared with the fortnight before. */
const timesUsualMin = 2;
/** A message that has waited so long counts as unanswered. */
export const answerMinutesMax = 5;
const spoolMsMax = 5 * 60_000;

/** Whether it does its work: the model it asks, the turns it takes, the messages that wait, and what is told of all that. */
export function modelSignal({ calls, report }: HealthFacts, now: Date): Signal {
  return signalOf({ kind: 'model', label: 'Model', deadlineSeconds: modelSeconds }, modelOf(calls, report?.model), now);
}

type Calls = HealthFacts['calls'];
type ModelSeen = NonNullable<HealthFacts['report']>['model'];

function modelOf(calls: Calls, seen: ModelSeen): Said {
  const answeredAt = later(calls.answeredAt, seen?.ok ? seen.at : undefined);
  if (seen && !seen.ok && later(answeredAt, seen.at) === seen.at) return badModel(seen.text, seen.at);
  if (calls.failedSince >= failedCallsMin && calls.failedAt && later(answeredAt, calls.failedAt) === calls.failedAt)
    return badModel(failedText(calls), calls.failedAt);
  if (!answeredAt) return { state: 'unknown', text: 'No call was answered lately' };
  const failed = calls.failedSince > 0 ? `; ${countOf(calls.failedSince, 'call')} failed since` : '';
  return { state: 'good', text: `Its last call was answered${failed}`, at: answeredAt };
}

function failedText({ failedSince, failure }: Calls): string {
  return `${failedSince} calls failed in a row${failure ? `: ${failure}` : ''}`;
}

function badModel(text: string, at: Date): Said {
  const fix = "See the bot's model connector: its key, its limits and whether the provider works";
  return { state: 'bad', text, at, cause: 'The model does not answer', fix };
}

/** How its turns go, what waits for an answer, and whether what is told of it is whole. A silent bot's are unknown. */
export function workSignals(facts: HealthFacts, now: Date): Signal[] {
  const { heardAt: at } = facts;
  const signal = (kind: Signal['kind'], label: string, said: Said) =>
    signalOf({ kind, label, deadlineSeconds: silenceSeconds }, { ...said, at }, now);
  return [
    signal('turns', 'Turns', turnsOf(facts)),
    signal('unanswered', 'Unanswered messages', unansweredOf(facts)),
    signal('telemetry', 'Telemetry', telemetryOf(facts, now)),
  ];
}

function turnsOf({ turns: { count, failed, usualCount, usualFailed } }: HealthFacts): Said {
  if (count === 0) return { state: 'good', text: 'No turns in the last hour' };
  const share = failed / count;
  const usual = usualCount > 0 ? usualFailed / usualCount : 0;
  const usually = usualCount > 0 ? `; usually ${percent(usual)}` : '';
  const text = `${failed} of ${countOf(count, 'turn')} failed in the last hour (${percent(share)}${usually})`;
  if (failed < failedTurnsMin || share < failedShareMin || share < timesUsualMin * usual)
    return { state: 'good', text };
  const fix = 'See its last turns: each says why it failed';
  return { state: 'bad', text, cause: 'More turns fail than usually', fix };
}

function unansweredOf({ unanswered: { count } }: HealthFacts): Said {
  if (count === 0) return { state: 'good', text: 'None waits for longer than usual' };
  const text = `${countOf(count, 'message')} of the last hour ${count === 1 ? 'has' : 'have'} no answer after ${answerMinutesMax} min`;
  const fix = 'See its last conversations: the person may have to be answered by somebody else';
  return { state: 'bad', text, cause: 'Messages wait for an answer', fix };
}

function telemetryOf({ dropped, report }: HealthFacts, now: Date): Said {
  const fix = 'Counts of use and cost may be short for this time. See whether the link of the bot is slow or was down';
  if (dropped > 0)
    return {
      state: 'bad',
      text: `${countOf(dropped, 'item')} lost in the last hour`,
      cause: 'Telemetry was lost',
      fix,
    };
  const spool = report?.spool;
  if (!spool || spool.items === 0) return { state: 'good', text: 'Nothing was lost in the last hour' };
  const isBehind = now.getTime() - spool.oldestAt.getTime() > spoolMsMax;
  if (!isBehind) return { state: 'good', text: `${countOf(spool.items, 'item')} on the way` };
  return { state: 'bad', text: `${countOf(spool.items, 'item')} wait to be told`, cause: 'Telemetry is behind', fix };
}

function later(one: Date | undefined, other: Date | undefined): Date | undefined {
  if (!one || !other) return one ?? other;
  return one > other ? one : other;
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
