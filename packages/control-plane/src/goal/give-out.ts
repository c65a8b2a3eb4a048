import type { AskContext } from '../delegation/ask.ts';
import { requestDelegation } from '../delegation/request-delegation.ts';
import { readMembers } from '../team/team.queries.ts';
import { moveTask, type TaskRow } from '../task/task-row.ts';
import { originOf } from './ask-lead.ts';
import { askedTeam } from '../delegation/team.queries.ts';
import type { GoalRow } from './goal-row.ts';

/** Asks for a ready task, in the name of the goal and by the lead: of the bot it is for, or of whoever can do it and is least busy. */
export async function giveOut(context: AskContext, goal: GoalRow, task: TaskRow): Promise<void> {
  const team = await askedTeam(context.tx, goal.teamId);
  const lead = await leadFor(context, goal, task);
  // What the lead does itself it asks of nobody, and no rule is about it.
  const whom = lead
    ? ({ from: { kind: 'goal', name: goal.title }, to: team.leadId, skipRules: 'planning' } as const)
    : {
        from: { kind: 'goal' as const, name: goal.title, botId: team.leadId },
        ...(task.assigneeId ? { to: task.assigneeId } : { capability: task.capability ?? '' }),
      };
  const { id, state, reason } = await requestDelegation(context, {
    ...whom,
    workspaceId: goal.workspaceId,
    team,
    title: task.title,
    text: `${task.text}\n\nIt is part of the goal “${goal.title}”.`,
    origin: originOf(goal),
    taskId: task.id,
    goalId: goal.id,
    traceId: goal.traceId,
  });
  if (state === 'refused') return moveTask(context, task, { to: 'blocked', why: reason, delegationId: id });
  const why = state === 'held' ? 'A person has to let it through' : '';
  await moveTask(context, task, { to: 'open', why, delegationId: id });
}

/** Whether it is the lead's own: named, or nobody is, or nobody else can do it. */
async function leadFor({ tx }: AskContext, { teamId }: GoalRow, { assigneeId, capability }: TaskRow): Promise<boolean> {
  const members = await readMembers(tx, [teamId]);
  if (assigneeId) return members.some(({ botId, isLead }) => isLead && botId === assigneeId);
  if (!capability) return true;
  const able = members.filter(({ capabilities }) => capabilities.includes(capability));
  return able.length === 1 && able[0]?.isLead === true;
}
