import type { AskContext, Requested } from '../delegation/ask.ts';
import { requestDelegation } from '../delegation/request-delegation.ts';
import { asRead } from '../team/material.ts';
import type { Origin } from '../team/team-call.ts';
import { readMembers } from '../team/team.queries.ts';
import { askedTeam } from '../delegation/team.queries.ts';
import type { GoalRow, Proposed } from './goal-row.ts';
import { sayPlan } from './say-plan.ts';
import { readTasks } from '../task/task-row.ts';

/** Kinds of tasks that Clawster itself gives a lead for a goal. */
export const leadTask = { plan: 'plan-goal', sumUp: 'sum-up-goal' } as const;

/** In whose name all of a goal is done. A person set it and people approve its plan: what comes of it is not one person's asking. */
export function originOf({ rights, setBy }: Pick<GoalRow, 'rights' | 'setBy'>): Origin {
  return { kind: 'goal', channel: 'goal', personName: setBy.name, rights, untrusted: false };
}

/** Asks the lead for a plan; with why an earlier one was not taken, for another. */
export async function askForPlan(
  context: AskContext,
  goal: GoalRow,
  refused?: { proposed?: Pick<Proposed, 'plan' | 'untrusted'> | undefined; why: string },
): Promise<Requested> {
  const proposed = refused?.proposed;
  const untrusted = proposed?.untrusted ?? false;
  const members = await readMembers(context.tx, [goal.teamId]);
  const people = members.map(({ botName, title, capabilities, isLead }) => {
    const can = capabilities.length > 0 ? capabilities.join(', ') : 'nothing in particular';
    return `- ${botName}${isLead ? ' (you)' : ''}${title ? `, ${title}` : ''}: ${can}`;
  });
  const text = [
    'Plan this goal, and hand the plan in with propose_plan. A person approves it; then the team gives the tasks out by itself.',
    `goal_id: ${goal.id}`,
    aboutGoal(goal),
    `The team, and what each can be asked for:\n${people.join('\n')}`,
    ...(refused ? [`An earlier plan was not taken: ${refused.why}`] : []),
    ...(proposed ? [`The earlier plan:\n${asRead(sayPlan(proposed.plan), { untrusted })}`] : []),
    'Take as few tasks as will do. Each says all that whoever does it must know, and how one sees that it is done.',
  ];
  const title = `Plan: ${goal.title}`;
  return ask(context, goal, { title, taskType: leadTask.plan, text: text.join('\n\n'), untrusted });
}

/** Asks the lead to put together what came of the tasks. */
export async function askToSumUp(context: AskContext, goal: GoalRow): Promise<Requested> {
  const tasks = await readTasks(context.tx, goal.id);
  const results = tasks.map(
    ({ title, state, result, isUntrusted }) =>
      `## ${title} (${state})\n${asRead((result ?? '').slice(0, resultMax), { untrusted: isUntrusted === true })}`,
  );
  const text = [
    'All tasks of this goal are done. Put together what came of them: whether the goal is reached, by its measure, and what people should know. Your answer is the result of the goal.',
    aboutGoal(goal),
    ...results,
  ];
  const all = text.join('\n\n').slice(0, textMax);
  const untrusted = tasks.some(({ isUntrusted }) => isUntrusted === true);
  return ask(context, goal, { title: `Sum up: ${goal.title}`, taskType: leadTask.sumUp, text: all, untrusted });
}
const resultMax = 4_000;
const textMax = 40_000;

async function ask(
  context: AskContext,
  goal: GoalRow,
  { untrusted = false, ...what }: { title: string; taskType: string; text: string; untrusted?: boolean },
): Promise<Requested> {
  const team = await askedTeam(context.tx, goal.teamId);
  return requestDelegation(context, {
    ...what,
    title: what.title.slice(0, 200),
    workspaceId: goal.workspaceId,
    team,
    from: { kind: 'goal', name: goal.title },
    to: team.leadId,
    origin: { ...originOf(goal), untrusted },
    goalId: goal.id,
    traceId: goal.traceId,
    skipRules: 'planning',
  });
}

function aboutGoal({ title, text, measure, dueOn }: GoalRow): string {
  return [
    `Goal: ${title}`,
    ...(text ? [text] : []),
    ...(measure ? [`Reached when: ${measure}`] : []),
    ...(dueOn ? [`Due on: ${dueOn}`] : []),
  ].join('\n');
}
