import { Plan } from '@clawster/contract/goal';
import { Refusal } from '@clawster/domain/refusal';
import type { TeamToolInput } from '@clawster/link/team';
import { sql } from 'kysely';
import { databaseNow } from '../database-now.ts';
import { openItem } from '../inbox/open-item.ts';
import { readTasks } from '../task/task-row.ts';
import type { ToolAnswer, ToolContext } from '../team/team-call.ts';
import { moveGoal } from './change-goal.ts';
import { type GoalRow, lockGoal, type Proposed, refuseOver } from './goal-row.ts';
import { refuseUnfitPlan } from './put-plan.ts';
import { sayPlan } from './say-plan.ts';
import { personOf } from './setter.ts';

type Input = TeamToolInput<'propose_plan'>;

/** Puts a lead's plan before people; what is wrong with it is told so that its model can mend it. */
export const answerProposePlan: ToolAnswer<'propose_plan'> = async (context, input) => {
  const { tx, caller } = context;
  if (!caller.isLead) throw new Refusal('refused', 'Only the lead proposes plans: ask the lead');
  if (caller.origin.kind === 'channel')
    throw new Refusal('refused', 'People outside the team set no plan going: propose it where you were given the goal');
  const goal = await lockGoal(tx, input.goal_id);
  if (goal.teamId !== caller.teamId || goal.workspaceId !== caller.workspaceId)
    throw new Refusal('not-found', 'There is no such goal in this team: use the goal_id you were given');
  refuseOver(goal);
  const plan = planIn(input);
  const now = await databaseNow(tx);
  await refuseUnfitPlan(tx, goal, { plan, today: now.toISOString().slice(0, 10) });
  const { untrusted } = caller.origin;
  await propose(context, goal, { plan, at: now.toISOString(), untrusted });
  return {
    text: 'A person looks at the plan now. End your turn: you need not wait, and hear of it if they refuse it.',
  };
};

async function propose(context: ToolContext, goal: GoalRow, what: Omit<Proposed, 'inboxItemId'>): Promise<void> {
  const { tx, caller } = context;
  const { id: inboxItemId } = await openItem(context, {
    workspaceId: goal.workspaceId,
    kind: 'plan',
    subject: goal.id,
    subjectId: goal.id,
    title: titleOf(goal, what.plan, caller.botName),
    content: [
      { label: 'Goal', text: [goal.title, goal.text, goal.measure].filter(Boolean).join('\n'), untrusted: false },
      { label: 'Plan', text: sayPlan(what.plan), untrusted: caller.origin.untrusted },
    ],
    decisions: ['approve', 'refuse'],
    teamId: goal.teamId,
    botId: caller.botId,
    traceId: goal.traceId,
    setBy: personOf(goal.setBy),
  });
  await tx
    .updateTable('goal')
    .set({ proposed: { ...what, inboxItemId } satisfies Proposed, updatedAt: sql<Date>`now()` })
    .where('id', '=', goal.id)
    .execute();
  const hasTasks = (await readTasks(tx, goal.id)).length > 0;
  await moveGoal(context, goal, { to: hasTasks ? goal.state : 'proposed', why: 'A plan waits for a person' });
}

function titleOf({ title }: GoalRow, { milestones }: Plan, leadName: string): string {
  const tasks = milestones.reduce((count, milestone) => count + milestone.tasks.length, 0);
  return `Plan for “${title}”: ${tasks} ${tasks === 1 ? 'task' : 'tasks'}, proposed by ${leadName}`;
}

/** The plan as it is kept, of what the model calls its parts. */
function planIn({ milestones }: Input): Plan {
  const parsed = Plan.safeParse({
    milestones: milestones.map(({ title, due_on, tasks }) => ({
      title,
      dueOn: due_on,
      tasks: tasks.map(({ key, title: task, task: text, capability, to, after, due_on: until }) => ({
        key,
        title: task,
        text,
        capability,
        assignee: to,
        after,
        dueOn: until,
      })),
    })),
  });
  if (parsed.success) return parsed.data;
  const said = parsed.error.issues.slice(0, 10).map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Refusal('invalid', said.join('. '));
}
