import type { DelegationState } from '@clawster/contract/delegation';
import type { GoalState, TaskState } from '@clawster/contract/goal';

/** A task, as far as what comes next depends on it. */
export type TaskFacts = {
  key: string;
  title: string;
  state: TaskState;
  /** Keys of the tasks it waits for. */
  after: readonly string[];
  /** Somebody was asked for it, and it did not begin anew since. */
  wasAsked: boolean;
};
export type TaskStep = { key: string; to: TaskState; reason: string };

/** Tasks that something else may begin after. */
const settled: readonly TaskState[] = ['done', 'cancelled'];
/** Tasks that nothing comes of until somebody says something. */
const stuck: readonly TaskState[] = ['failed', 'blocked'];

/**
 * What becomes of the tasks of a goal by themselves: one is ready once all it waits for are done or left out, and blocked while
 * one of those is stuck. Where nothing comes of it, nothing is to be done.
 */
export function stepTasks(tasks: readonly TaskFacts[]): TaskStep[] {
  const now = new Map(tasks.map((task) => [task.key, task.state]));
  const steps = new Map<string, TaskStep>();
  // A task that is blocked blocks those after it: as often as a chain is long.
  for (let isMoving = true; isMoving;) {
    isMoving = false;
    for (const task of tasks) {
      const step = stepOf(task, tasks, now);
      if (!step || step.to === now.get(task.key)) continue;
      now.set(task.key, step.to);
      steps.set(task.key, step);
      isMoving = true;
    }
  }
  return [...steps.values()].filter(({ key, to }) => tasks.find((task) => task.key === key)?.state !== to);
}

function stepOf(
  task: TaskFacts,
  tasks: readonly TaskFacts[],
  now: ReadonlyMap<string, TaskState>,
): TaskStep | undefined {
  const { key, wasAsked } = task;
  const waits = now.get(key) === 'planned' || now.get(key) === 'ready' || (now.get(key) === 'blocked' && !wasAsked);
  if (!waits) return undefined;
  const before = tasks.filter((other) => task.after.includes(other.key));
  const stateOf = (other: TaskFacts) => now.get(other.key) ?? other.state;
  const stuckOne = before.find((other) => stuck.includes(stateOf(other)));
  if (stuckOne) return { key, to: 'blocked', reason: `It waits for “${stuckOne.title}”, which does not go on` };
  if (before.every((other) => settled.includes(stateOf(other)))) return { key, to: 'ready', reason: '' };
  return { key, to: 'planned', reason: '' };
}

/** What a task is once the delegation it was done by is over. */
export function taskAfter(over: DelegationState, reason: string): Omit<TaskStep, 'key'> {
  if (over === 'done') return { to: 'done', reason: '' };
  if (over === 'failed') return { to: 'failed', reason: reason || 'It failed' };
  const why = { refused: 'It was refused', expired: 'It was not done in time', cancelled: 'It was cancelled' };
  const said = over in why ? why[over as keyof typeof why] : 'It ended';
  return { to: 'blocked', reason: reason ? `${said}: ${reason}` : said };
}

/** Whether all there is to do for a goal is done, so that its lead can put it together. */
export function isReached(state: GoalState, tasks: readonly Pick<TaskFacts, 'state'>[]): boolean {
  return (
    state === 'active' &&
    tasks.some((task) => task.state === 'done') &&
    tasks.every(({ state: of }) => settled.includes(of))
  );
}
