import { goalSession } from '@clawster/domain/delegation/session';
import { sql } from 'kysely';
import { tellBot } from '../delegation/tell-bot.ts';
import type { AskContext } from '../delegation/ask.ts';
import type { Settled, Settler } from '../inbox/settlers.ts';
import { moveTask, readTasks } from '../task/task-row.ts';
import { askForPlan } from './ask-lead.ts';
import { askedTeam } from '../delegation/team.queries.ts';
import { stallAnswers } from './bring-stalls.ts';
import { moveGoal } from './change-goal.ts';
import { endGoal } from './end-goal.ts';
import { type GoalRow, lockGoal } from './goal-row.ts';

/** Carries out what people say of a goal that does not go on. Words of their own are told to the lead. */
export const settleStall: Settler = async (context, settled) => {
  const goal = await lockGoal(context.tx, settled.subject);
  if (settled.state !== 'answered' || goal.endedAt) return;
  const { byName, answer = '' } = settled;
  if (answer === stallAnswers.giveUp) return endGoal(context, goal, { to: 'cancelled', why: `Given up by ${byName}` });
  await forget(context, goal);
  if (answer === stallAnswers.retry) return retry(context, goal, byName);
  if (answer === stallAnswers.extend) return extend(context, goal, byName);
  await tellLead(context, goal, settled);
};

/** What stalls from now on is brought before somebody anew. */
async function forget({ tx }: AskContext, { id }: GoalRow): Promise<void> {
  await tx
    .updateTable('goal')
    .set({ told: sql`'[]'::jsonb`, updatedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
}

async function retry(context: AskContext, goal: GoalRow, byName: string): Promise<void> {
  const stuck = (await readTasks(context.tx, goal.id)).filter(
    ({ state, wasAsked }) => state === 'failed' || (state === 'blocked' && wasAsked),
  );
  for (const task of stuck)
    await moveTask(context, task, { to: 'planned', why: `Begins anew for ${byName}`, delegationId: null });
  if (goal.state !== 'planning') return;
  await askForPlan(context, goal, { why: `${byName} asks for one anew` });
  await moveGoal(context, goal, { to: 'planning', why: 'The lead thinks of a plan' });
}

/** A week from today for what is late; other dates stay. */
async function extend({ tx, record }: AskContext, { id, title, teamId }: GoalRow, byName: string): Promise<void> {
  const later = sql<string>`(now() at time zone 'UTC')::date + 7`;
  const isLate = sql<boolean>`due_on < (now() at time zone 'UTC')::date`;
  await tx.updateTable('goal').set({ dueOn: later }).where('id', '=', id).where(isLate).execute();
  await tx.updateTable('task').set({ dueOn: later }).where('goalId', '=', id).where(isLate).execute();
  await record({
    type: 'goal-updated',
    subjectId: id,
    subjectName: title,
    detail: { teamId, extendedDays: 7, by: byName },
  });
}

async function tellLead({ tx }: AskContext, goal: GoalRow, { itemId, byName, answer }: Settled): Promise<void> {
  const { leadId } = await askedTeam(tx, goal.teamId);
  await tellBot(
    { tx },
    {
      workspaceId: goal.workspaceId,
      botId: leadId,
      session: goalSession(goal.id),
      id: `item:${itemId}`,
      message: `${byName} says of the goal “${goal.title}”, which does not go on: ${answer}`,
    },
  );
}
