import type { Plan } from '@clawster/contract/goal';

/** Whom a plan can give its tasks to, and what it is for. */
export type PlanFacts = {
  goalDueOn?: string | undefined;
  /** Dates before are past; absent: they may be. */
  today?: string | undefined;
  members: readonly { name: string; capabilities: readonly string[] }[];
};
type Task = Plan['milestones'][number]['tasks'][number];

/** What is wrong with a plan, each in a sentence that whoever wrote it can act on; empty when nothing is. */
export function whyNotPlan({ milestones }: Plan, facts: PlanFacts): string[] {
  const tasks = milestones.flatMap((milestone) => milestone.tasks);
  const keys = new Set(tasks.map(({ key }) => key));
  return [
    ...twice(tasks),
    ...tasks.flatMap((task) => [...unknownKeys(task, keys), ...nobodyFor(task, facts)]),
    ...cycle(tasks),
    ...[...milestones, ...tasks].flatMap((one) => wrongDate(one, facts)),
  ];
}

function twice(tasks: readonly Task[]): string[] {
  const seen = new Set<string>();
  return tasks.flatMap(({ key }) => {
    if (seen.has(key)) return [`Two tasks have the key "${key}": give each its own`];
    seen.add(key);
    return [];
  });
}

function unknownKeys({ key, after }: Task, keys: ReadonlySet<string>): string[] {
  return after
    .filter((one) => !keys.has(one))
    .map((one) => `"${key}" is to come after "${one}", which is no task of the plan: it has ${list([...keys])}`);
}

function nobodyFor({ key, assignee, capability }: Task, { members }: PlanFacts): string[] {
  if (assignee !== undefined && !members.some(({ name }) => name.toLowerCase() === assignee.toLowerCase()))
    return [`"${key}" is for ${assignee}, who is not in the team: it has ${list(members.map(({ name }) => name))}`];
  const all = new Set(members.flatMap(({ capabilities }) => capabilities));
  if (capability !== undefined && !all.has(capability))
    return [`"${key}" asks for "${capability}", which nobody in the team can do: there is ${list([...all])}`];
  return [];
}

/** The tasks of a ring wait for each other for ever. */
function cycle(tasks: readonly Task[]): string[] {
  let left = tasks;
  for (;;) {
    const keys = new Set(left.map(({ key }) => key));
    const stuck = left.filter(({ after }) => after.some((key) => keys.has(key)));
    if (stuck.length === 0) return [];
    if (stuck.length === left.length)
      return [`${list(stuck.map(({ key }) => key))} wait for each other: one of them must come first`];
    left = stuck;
  }
}

function wrongDate({ title, dueOn }: { title: string; dueOn?: string | undefined }, facts: PlanFacts): string[] {
  if (dueOn === undefined) return [];
  const { today, goalDueOn } = facts;
  if (today !== undefined && dueOn < today) return [`"${title}" is due on ${dueOn}, which is past: today is ${today}`];
  if (goalDueOn !== undefined && dueOn > goalDueOn)
    return [`"${title}" is due on ${dueOn}, after the goal itself, which is due on ${goalDueOn}`];
  return [];
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.slice(0, 20).join(', ');
}
