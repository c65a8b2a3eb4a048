import { randomUUID } from 'node:crypto';
import type { TeamToolName } from '@clawster/link/team';

/** What calls of the team's tools are about. */
export type About = { names: string[]; taskId: string; goalId?: string };

/** Each of the team's tools, called so that it would do what it is there for if it may; some of them twice. */
export function everyTool({ names, taskId, goalId = randomUUID() }: About): [TeamToolName, Record<string, unknown>][] {
  const text = `Something else ${randomUUID()}`;
  const task = { key: 'more', title: 'More', task: text };
  return [
    ['list_teammates', {}],
    ...names.map((to) => ['delegate', { to, title: 'More', task: text }] satisfies [TeamToolName, object]),
    ['delegate', { capability: 'work', title: 'More', task: text, wait_seconds: 1 }],
    ['task_status', { task_id: taskId }],
    ['cancel_task', { task_id: taskId }],
    ['report_progress', { text, percent: 99 }],
    ['complete_task', { result: text, artefacts: [{ name: 'more', text }] }],
    ['complete_task', { result: text, failed: true }],
    ['ask_human', { question: text, choices: ['Yes', 'No'] }],
    ['read_context', { prefix: 'known/' }],
    ['write_context', { key: `known/${randomUUID()}`, text, base_version: 0 }],
    ['propose_plan', { goal_id: goalId, milestones: [{ title: 'More', tasks: [task] }] }],
  ];
}
