import type { GoalState, TaskState } from '@clawster/contract/goal';
import type { Look } from '../../ui/state-word.tsx';

/** How a goal is: a word, a shape and a colour. */
export const goalLooks: Record<GoalState, Look> = {
  planning: { word: 'Being planned', tone: 'warn', shape: 'ring', moving: true },
  proposed: { word: 'Plan waits for you', tone: 'warn', shape: 'triangle' },
  active: { word: 'Under way', tone: 'ok', shape: 'ring', moving: true },
  paused: { word: 'Paused', tone: 'off', shape: 'bars' },
  done: { word: 'Reached', tone: 'ok', shape: 'disc' },
  failed: { word: 'Failed', tone: 'bad', shape: 'cross' },
  cancelled: { word: 'Given up', tone: 'off', shape: 'square' },
};

/** The same of a task. */
export const taskLooks: Record<TaskState, Look> = {
  planned: { word: 'Planned', tone: 'off', shape: 'gone' },
  ready: { word: 'Ready to begin', tone: 'off', shape: 'square' },
  open: { word: 'Open', tone: 'warn', shape: 'ring', moving: true },
  blocked: { word: 'Blocked', tone: 'bad', shape: 'bars' },
  done: { word: 'Done', tone: 'ok', shape: 'disc' },
  failed: { word: 'Failed', tone: 'bad', shape: 'cross' },
  cancelled: { word: 'Left out', tone: 'off', shape: 'square' },
};

const overGoals: GoalState[] = ['done', 'failed', 'cancelled'];
export const isGoalOver = (state: GoalState) => overGoals.includes(state);

const overTasks: TaskState[] = ['done', 'cancelled'];
export const isTaskOver = (state: TaskState) => overTasks.includes(state);

/** "12 Dec 2026". */
export function sayDay(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
}
