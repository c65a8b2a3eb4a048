import { z } from 'zod';
import { CreateGoal, Goal, GoalDetail, GoalState, Plan, Task } from './goal.ts';
import { Id, PageInput, pageOf } from './page.ts';
import { route } from './route.ts';
import { Capability } from './team.ts';

const One = z.object({ goalId: Id });
const OneTask = z.object({ taskId: Id });
const act = (verb: string, summary: string) =>
  route({
    method: 'POST',
    path: `/goals/{goalId}/${verb}`,
    permission: 'team:direct',
    summary,
    input: One,
    output: GoalDetail,
  });

export const goals = {
  list: route({
    method: 'GET',
    path: '/goals',
    permission: 'team:read',
    summary: 'Goals of teams, those that are not over first',
    input: PageInput.extend({ teamId: Id.optional(), state: GoalState.optional() }),
    output: pageOf(Goal),
  }),
  get: route({
    method: 'GET',
    path: '/goals/{goalId}',
    permission: 'team:read',
    summary: 'A goal with its milestones and tasks, and the plan that waits',
    input: One,
    output: GoalDetail,
  }),
  create: route({
    method: 'POST',
    path: '/goals',
    permission: 'team:direct',
    summary: 'Set a team a goal: its lead proposes a plan, or the plan comes with it',
    input: CreateGoal,
    output: GoalDetail,
  }),
  update: route({
    method: 'PATCH',
    path: '/goals/{goalId}',
    permission: 'team:direct',
    summary: 'Change title, text, measure or date of a goal that is not over',
    input: One.extend(CreateGoal.pick({ title: true, text: true, measure: true, dueOn: true }).partial().shape),
    output: GoalDetail,
  }),
  plan: route({
    method: 'PUT',
    path: '/goals/{goalId}/plan',
    permission: 'team:direct',
    summary: 'Put this plan in force, as it was proposed or edited; tasks that have begun stay as they are',
    input: One.extend({ plan: Plan }),
    output: GoalDetail,
  }),
  replan: act('replan', 'Ask the lead for another plan; what is under way goes on'),
  pause: act('pause', 'Begin nothing new for a goal; what is under way goes on'),
  resume: act('resume', 'Go on with a goal that was paused'),
  cancel: act('cancel', 'Give a goal up: all that is open for it is cancelled'),
  finish: act('finish', 'Take a goal as reached, whatever its tasks say'),
  updateTask: route({
    method: 'PATCH',
    path: '/tasks/{taskId}',
    permission: 'team:direct',
    summary: 'Change a task that nobody works at',
    input: OneTask.extend({
      title: CreateGoal.shape.title.optional(),
      text: z.string().trim().min(1).max(10_000).optional(),
      capability: Capability.nullable().optional(),
      assigneeId: Id.nullable().optional(),
      dueOn: CreateGoal.shape.dueOn.unwrap().nullable().optional(),
    }),
    output: Task,
  }),
  cancelTask: route({
    method: 'POST',
    path: '/tasks/{taskId}/cancel',
    permission: 'team:direct',
    summary: 'Leave a task out: what works at it is cancelled, and what waits for it waits no more',
    input: OneTask,
    output: Task,
  }),
  retryTask: route({
    method: 'POST',
    path: '/tasks/{taskId}/retry',
    permission: 'team:direct',
    summary: 'Let a task that failed or is blocked begin anew',
    input: OneTask,
    output: Task,
  }),
  finishTask: route({
    method: 'POST',
    path: '/tasks/{taskId}/finish',
    permission: 'team:direct',
    summary: 'Take a task as done, with what came of it',
    input: OneTask.extend({ result: z.string().trim().max(20_000).default('') }),
    output: Task,
  }),
  board: route({
    method: 'GET',
    path: '/teams/{teamId}/board',
    permission: 'team:read',
    summary: 'The tasks of a team’s goals that are not over, 200 at most, with what each waits for',
    input: z.object({ teamId: Id, goalId: Id.optional() }),
    output: z.object({ items: z.array(Task.extend({ goalTitle: z.string() })), more: z.int() }),
  }),
} as const;
