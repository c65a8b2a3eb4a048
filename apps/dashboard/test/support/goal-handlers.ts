import { randomUUID } from 'node:crypto';
import type { CreateGoal, Goal, GoalDetail, Plan, Task } from '@clawster/contract/goal';
import { ago } from './fleet.ts';
import { pageOf } from './layer-handlers.ts';
import { Refused } from './refused.ts';
import { teamOf } from './team-handlers.ts';
import type { Handler, World } from './world.ts';

type OfGoal = { goalId: string };
type OfTask = { taskId: string };

/** Goals as a server keeps them; no lead thinks of a plan but a test's. */
export const goalHandlers: Record<string, Handler> = {
  'goals.list': ({ teaming }, { teamId, state, ...page }: { teamId?: string; state?: string; limit: number }) =>
    pageOf(
      teaming.goals.filter((goal) => (!teamId || goal.teamId === teamId) && (!state || goal.state === state)),
      page,
    ),
  'goals.get': (world, input: OfGoal) => goalOf(world, input),
  'goals.create': (world, { plan, ...input }: CreateGoal) => {
    const goal = goalFrom(world, { ...input, text: input.text ?? '', measure: input.measure ?? '' });
    if (plan) putInForce(world, goal, plan);
    world.teaming.goals.unshift(goal);
    return goal;
  },
  'goals.update': (world, { goalId, ...changes }: OfGoal & Partial<Goal>) =>
    Object.assign(goalOf(world, { goalId }), changes),
  'goals.plan': (world, { goalId, plan }: OfGoal & { plan: Plan }) =>
    putInForce(world, goalOf(world, { goalId }), plan),
  'goals.replan': (world, input: OfGoal) => go(world, input, 'planning', 'The lead thinks of another plan'),
  'goals.pause': (world, input: OfGoal) => go(world, input, 'paused', `Paused by ${world.ownName}`),
  'goals.resume': (world, input: OfGoal) => go(world, input, 'active', 'It goes on'),
  'goals.cancel': (world, input: OfGoal) => go(world, input, 'cancelled', `Given up by ${world.ownName}`),
  'goals.finish': (world, input: OfGoal) => go(world, input, 'done', `Taken as reached by ${world.ownName}`),
  'goals.updateTask': (world, { taskId, ...changes }: OfTask & Record<string, unknown>) => {
    const task = taskOf(world, { taskId });
    for (const [name, value] of Object.entries(changes))
      Object.assign(task, { [name]: value === null ? undefined : value });
    return task;
  },
  'goals.cancelTask': (world, input: OfTask) => move(world, input, 'cancelled', 'Left out'),
  'goals.retryTask': (world, input: OfTask) => move(world, input, 'ready', 'It begins anew'),
  'goals.finishTask': (world, { result, ...input }: OfTask & { result: string }) =>
    Object.assign(move(world, input, 'done', `Taken as done by ${world.ownName}`), { result }),
  'goals.board': ({ teaming }, { teamId, goalId }: { teamId: string; goalId?: string }) => ({
    items: teaming.goals
      .filter((goal) => goal.teamId === teamId && (!goalId || goal.id === goalId))
      .flatMap((goal) => tasksOf(goal).map((task) => ({ ...task, goalTitle: goal.title }))),
    more: 0,
  }),
};

export const tasksOf = ({ milestones }: GoalDetail) => milestones.flatMap(({ tasks }) => tasks);

function goalOf({ teaming }: World, { goalId }: OfGoal): GoalDetail {
  const goal = teaming.goals.find(({ id }) => id === goalId);
  if (!goal) throw new Refused('not-found', 'There is no such goal in this workspace');
  return goal;
}

function taskOf({ teaming }: World, { taskId }: OfTask): Task {
  const task = teaming.goals.flatMap(tasksOf).find(({ id }) => id === taskId);
  if (!task) throw new Refused('not-found', 'There is no such task in this workspace');
  return task;
}

function go(world: World, input: OfGoal, state: Goal['state'], reason: string): GoalDetail {
  return Object.assign(goalOf(world, input), { state, reason });
}

function move(world: World, input: OfTask, state: Task['state'], reason: string): Task {
  return Object.assign(taskOf(world, input), { state, reason });
}

export function putInForce(world: World, goal: GoalDetail, plan: Plan): GoalDetail {
  const { members } = teamOf(world, goal.teamId);
  goal.milestones = plan.milestones.map(({ tasks, ...milestone }) => {
    const id = randomUUID();
    return {
      ...milestone,
      id,
      tasks: tasks.map((task) => taskFrom(goal.id, id, { ...task, assignee: undefined }, nameOf(task))),
    };
  });
  function nameOf({ capability, assignee }: Plan['milestones'][number]['tasks'][number]) {
    return members.find((one) => one.botName === assignee || (capability && one.capabilities.includes(capability)));
  }
  delete goal.proposed;
  const all = tasksOf(goal);
  return Object.assign(goal, {
    state: 'active',
    reason: 'Its tasks are being done',
    tasks: { total: all.length, done: 0, open: 0, blocked: 0, failed: 0 },
  });
}

type Planned = {
  key: string;
  title: string;
  text: string;
  capability?: string | undefined;
  after: string[];
  dueOn?: string | undefined;
};

export function taskFrom(
  goalId: string,
  milestoneId: string,
  planned: Planned & { assignee?: undefined },
  who?: { botId: string; botName: string },
): Task {
  const { assignee: _, ...task } = planned;
  return {
    ...task,
    id: randomUUID(),
    goalId,
    milestoneId,
    state: task.after.length > 0 ? 'planned' : 'ready',
    reason: task.after.length > 0 ? 'Waits for what comes before it' : 'May begin',
    ...(who ? { assigneeId: who.botId, assigneeName: who.botName } : {}),
    isLate: false,
    costUsd: 0,
    updatedAt: ago(60),
  };
}

type Draft = Partial<GoalDetail> & Pick<Goal, 'teamId' | 'title'>;

/** A goal that its lead has just been told of, but for what is said otherwise. */
export function goalFrom(world: World, draft: Draft): GoalDetail {
  return {
    id: randomUUID(),
    teamName: teamOf(world, draft.teamId).name,
    text: '',
    measure: '',
    state: 'planning',
    reason: 'The lead thinks of a plan',
    setBy: world.ownName,
    tasks: { total: 0, done: 0, open: 0, blocked: 0, failed: 0 },
    costUsd: 0,
    wakes: { count: 0, costUsd: 0 },
    traceId: 'trace-across',
    createdAt: ago(3_600),
    updatedAt: ago(60),
    milestones: [],
    ...draft,
  };
}
