import { randomUUID } from 'node:crypto';
import type { Plan } from '@clawster/contract/goal';
import { whyNotPlan } from '@clawster/domain/goal/why-not-plan';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { ChangeContext } from '../change.ts';
import { withdrawItem } from '../inbox/open-item.ts';
import { readMembers } from '../team/team.queries.ts';
import { readTasks, type TaskRow } from '../task/task-row.ts';
import type { Tx } from '../transaction.ts';
import type { GoalRow } from './goal-row.ts';
import { moveGoal } from './change-goal.ts';

/** Refuses a plan that could not be carried out, with each reason why; with `today` also dates that are past. */
export async function refuseUnfitPlan(
  tx: Tx,
  goal: Pick<GoalRow, 'teamId' | 'dueOn'>,
  { plan, today }: { plan: Plan; today?: string },
): Promise<void> {
  const members = (await readMembers(tx, [goal.teamId])).map(({ botName, capabilities }) => ({
    name: botName,
    capabilities,
  }));
  const reasons = whyNotPlan(plan, { members, today, goalDueOn: goal.dueOn ?? undefined });
  if (reasons.length > 0)
    throw new Refusal('invalid', reasons.slice(0, 10).join('. '), {
      issues: reasons.slice(0, 20).map((message) => ({ path: 'plan', message })),
    });
}

/** Puts a plan in force for a locked goal: tasks that somebody was asked for stay as they are, others become as it says. */
export async function putPlan(context: ChangeContext, goal: GoalRow, plan: Plan): Promise<void> {
  const { tx, record } = context;
  await refuseUnfitPlan(tx, goal, { plan });
  const before = await readTasks(tx, goal.id);
  const begun = before.filter((task) => task.wasAsked || task.state === 'done' || task.state === 'cancelled');
  const names = new Map((await readMembers(tx, [goal.teamId])).map((one) => [one.botName.toLowerCase(), one.botId]));
  await tx
    .deleteFrom('task')
    .where('goalId', '=', goal.id)
    .where(sql<boolean>`id <> all(${begun.map(({ id }) => id)}::uuid[])`)
    .execute();
  for (const [position, milestone] of plan.milestones.entries())
    await insertMilestone(tx, goal, { milestone, position, begun, names });
  await tx
    .deleteFrom('milestone')
    .where('goalId', '=', goal.id)
    .where(sql<boolean>`not exists (select from task where task.milestone_id = milestone.id)`)
    .execute();
  await withdrawItem(
    context,
    { workspaceId: goal.workspaceId, kind: 'plan', subject: goal.id },
    'Another plan was put in force',
  );
  await tx.updateTable('goal').set({ proposed: null }).where('id', '=', goal.id).execute();
  const tasks = plan.milestones.reduce((count, milestone) => count + milestone.tasks.length, 0);
  await record({
    type: 'goal-planned',
    subjectId: goal.id,
    subjectName: goal.title,
    detail: { teamId: goal.teamId, milestones: plan.milestones.length, tasks },
  });
  await moveGoal(context, goal, { to: goal.state === 'paused' ? 'paused' : 'active' });
}

type NewMilestone = {
  milestone: Plan['milestones'][number];
  position: number;
  begun: readonly TaskRow[];
  names: ReadonlyMap<string, string>;
};

async function insertMilestone(tx: Tx, goal: GoalRow, { milestone, position, begun, names }: NewMilestone) {
  const own = { workspaceId: goal.workspaceId, goalId: goal.id };
  const id = randomUUID();
  const { title, dueOn } = milestone;
  await tx
    .insertInto('milestone')
    .values({ ...own, id, title, dueOn: dueOn ?? null, position })
    .execute();
  for (const [at, task] of milestone.tasks.entries()) {
    const known = begun.find(({ key }) => key === task.key);
    if (known) await tx.updateTable('task').set({ milestoneId: id, position: at }).where('id', '=', known.id).execute();
    else
      await tx
        .insertInto('task')
        .values({
          ...own,
          milestoneId: id,
          position: at,
          key: task.key,
          title: task.title,
          text: task.text,
          capability: task.capability ?? null,
          assigneeId: (task.assignee && names.get(task.assignee.toLowerCase())) ?? null,
          after: task.after,
          dueOn: task.dueOn ?? null,
          state: 'planned',
        })
        .execute();
  }
}
