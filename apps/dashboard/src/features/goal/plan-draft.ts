import type { GoalDetail, Plan } from '@clawster/contract/goal';
import { type PlanFacts, whyNotPlan } from '@clawster/domain/goal/why-not-plan';

export type PlanMilestone = Plan['milestones'][number];
export type PlanTask = PlanMilestone['tasks'][number];

export const tasksOf = ({ milestones }: Plan): PlanTask[] => milestones.flatMap(({ tasks }) => tasks);

/** A task nobody has written yet, under a key that no other has. */
export function freshTask(plan: Plan): PlanTask {
  const taken = new Set(tasksOf(plan).map(({ key }) => key));
  let at = taken.size + 1;
  while (taken.has(`task-${at}`)) at += 1;
  return { key: `task-${at}`, title: '', text: '', after: [] };
}

/** A plan with one milestone and one task, to be written. */
export function freshPlan(): Plan {
  const empty: Plan = { milestones: [] };
  return { milestones: [{ title: '', tasks: [freshTask(empty)] }] };
}

/** The plan that a goal goes by, as one would write it. */
export function planOf({ milestones }: Pick<GoalDetail, 'milestones'>): Plan {
  if (milestones.length === 0) return freshPlan();
  return {
    milestones: milestones.map(({ title, dueOn, tasks }) => ({
      title,
      ...(dueOn ? { dueOn } : {}),
      tasks: tasks.map((task) => ({
        key: task.key,
        title: task.title,
        text: task.text,
        after: task.after,
        ...(task.capability
          ? { capability: task.capability }
          : task.assigneeName
            ? { assignee: task.assigneeName }
            : {}),
        ...(task.dueOn ? { dueOn: task.dueOn } : {}),
      })),
    })),
  };
}

/** The plan with one of its milestones as it is now; gone where there is none. */
export function withMilestone(plan: Plan, at: number, next: PlanMilestone | undefined): Plan {
  const milestones = plan.milestones.flatMap((known, index) => (index === at ? (next ? [next] : []) : [known]));
  return withoutStrays({ milestones });
}

/** Nothing waits for what was taken out. */
function withoutStrays(plan: Plan): Plan {
  const keys = new Set(tasksOf(plan).map(({ key }) => key));
  return {
    milestones: plan.milestones.map((milestone) => ({
      ...milestone,
      tasks: milestone.tasks.map((task) => ({ ...task, after: task.after.filter((key) => keys.has(key)) })),
    })),
  };
}

/** One task before or after another of its milestone. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const rest = items.toSpliced(from, 1);
  const item = items[from];
  return item === undefined || to < 0 || to >= items.length ? [...items] : rest.toSpliced(to, 0, item);
}

/** What is missing before the plan can be put in force: what is not written yet, then what the product's rules say. */
export function whyNotYet(plan: Plan, facts: PlanFacts): string | undefined {
  return unwritten(plan) ?? whyNotPlan(trimmed(plan), facts)[0];
}

function unwritten({ milestones }: Plan): string | undefined {
  for (const [at, { title, tasks }] of milestones.entries()) {
    if (!title.trim()) return `Give milestone ${at + 1} a title`;
    if (tasks.length === 0) return `${title} has no task`;
    for (const task of tasks) {
      if (!task.title.trim()) return `Give each task of ${title} a title`;
      if (!task.text.trim()) return `Say what is to be done for ${task.title}`;
    }
  }
  return milestones.length === 0 ? 'A plan has one milestone at least' : undefined;
}

/** What of a written plan is sent: without the gaps at its texts' ends, and without what is empty. */
export function trimmed(plan: Plan): Plan {
  return {
    milestones: plan.milestones.map(({ title, dueOn, tasks }) => ({
      title: title.trim(),
      ...(dueOn ? { dueOn } : {}),
      tasks: tasks.map(({ dueOn: due, capability, assignee, ...task }) => ({
        ...task,
        title: task.title.trim(),
        text: task.text.trim(),
        ...(capability ? { capability } : {}),
        ...(assignee ? { assignee } : {}),
        ...(due ? { dueOn: due } : {}),
      })),
    })),
  };
}
