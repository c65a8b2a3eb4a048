import type { TaskState } from '@clawster/contract/goal';

/** What of a goal does not go on, and since when. */
export type StallFacts = {
  today: string;
  now: Date;
  goal: { dueOn?: string | undefined };
  tasks: readonly {
    key: string;
    title: string;
    state: TaskState;
    reason: string;
    dueOn?: string | undefined;
    updatedAt: Date;
    /** It waits for a person to let it through, or for a bot that has it. */
    isHeld: boolean;
    /** The last time its bot said how far it is. */
    progressAt?: Date | undefined;
    /** People outside had a hand in what is said of it. */
    isUntrusted?: boolean | null | undefined;
  }[];
};
export type Stall = {
  kind: 'late' | 'blocked' | 'failed' | 'held' | 'silent' | 'unplanned';
  key?: string;
  text: string;
  /** People outside had a hand in what it says. */
  untrusted?: true;
};
/** What was brought before whom, and when. */
export type Told = { id: string; to: 'lead' | 'people'; at: string };

const hourMs = 3_600_000;
/** Longer than a person takes over lunch. */
export const heldHours = 4;
/** A task that says nothing for so long has most likely lost its way. */
export const silentHours = 2;
/** What the lead was told of and does not get going by then is brought before people. */
export const leadMinutes = 30;

/** What is to be brought before somebody. A task is told of by what is worst about it. */
export function stallsOf(facts: StallFacts): Stall[] {
  const { goal, today } = facts;
  const isLate = goal.dueOn !== undefined && goal.dueOn < today;
  return [
    ...(isLate ? [{ kind: 'late' as const, text: `The goal was due on ${goal.dueOn}` }] : []),
    ...facts.tasks.flatMap((task) => stallOf(task, facts) ?? []),
  ];
}

type Task = StallFacts['tasks'][number];

function stallOf(task: Task, facts: StallFacts): Stall | undefined {
  const { key, title, state, reason } = task;
  const mark = task.isUntrusted ? { untrusted: true as const } : {};
  if (state === 'failed') return { kind: 'failed', key, text: `“${title}” failed: ${reason}`, ...mark };
  if (state === 'blocked') return { kind: 'blocked', key, text: `“${title}” is blocked: ${reason}`, ...mark };
  if (state === 'done' || state === 'cancelled') return undefined;
  return heldFor(task, facts) ?? lateSince(task, facts) ?? silentFor(task, facts);
}

function heldFor({ key, title, state, isHeld, updatedAt }: Task, { now }: StallFacts): Stall | undefined {
  if (state !== 'open' || !isHeld || hoursBetween(updatedAt, now) < heldHours) return undefined;
  return { kind: 'held', key, text: `“${title}” waits for a person since ${updatedAt.toISOString()}` };
}

function lateSince({ key, title, state, dueOn }: Task, { today }: StallFacts): Stall | undefined {
  if (dueOn === undefined || dueOn >= today) return undefined;
  return { kind: 'late', key, text: `“${title}” was due on ${dueOn} and is ${state}` };
}

function silentFor({ key, title, state, isHeld, ...task }: Task, { now }: StallFacts): Stall | undefined {
  const heard = task.progressAt ?? task.updatedAt;
  if (state !== 'open' || isHeld || hoursBetween(heard, now) < silentHours) return undefined;
  return { kind: 'silent', key, text: `Nothing was heard of “${title}” since ${heard.toISOString()}` };
}

function hoursBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / hourMs;
}

/** How a stall is remembered, so that it is brought before somebody once. */
export function stallId({ kind, key }: Stall): string {
  return key === undefined ? kind : `${kind}:${key}`;
}

/**
 * Who is told of which stalls now: the lead first and once, by one turn for all of them; people where that changed nothing,
 * where the lead may not be woken, or where it is the lead that does not go on. What goes on again is forgotten.
 */
export function tellStalls(
  stalls: readonly Stall[],
  before: readonly Told[],
  { now, mayWake }: { now: Date; mayWake: boolean },
): { lead: Stall[]; people: Stall[]; told: Told[] } {
  const toldOf = (stall: Stall) => before.find(({ id }) => id === stallId(stall));
  const lead = stalls.filter((stall) => mayWake && stall.kind !== 'unplanned' && !toldOf(stall));
  const people = stalls.filter((stall) => !lead.includes(stall) && isForPeople(toldOf(stall), now));
  const at = now.toISOString();
  const told = stalls.flatMap((stall): Told[] => {
    const id = stallId(stall);
    if (lead.includes(stall)) return [{ id, to: 'lead', at }];
    if (people.includes(stall)) return [{ id, to: 'people', at }];
    const known = toldOf(stall);
    return known ? [known] : [];
  });
  return { lead, people, told };
}

function isForPeople(told: Told | undefined, now: Date): boolean {
  if (!told) return true;
  return told.to === 'lead' && now.getTime() - Date.parse(told.at) >= leadMinutes * 60_000;
}
