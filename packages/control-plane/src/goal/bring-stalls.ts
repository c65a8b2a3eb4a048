import { goalSession } from '@clawster/domain/delegation/session';
import type { Stall } from '@clawster/domain/goal/stall';
import { sql } from 'kysely';
import type { ChangeContext } from '../change.ts';
import { tellBot } from '../delegation/tell-bot.ts';
import { openItem } from '../inbox/open-item.ts';
import { askedTeam } from '../delegation/team.queries.ts';
import { asRead } from '../team/material.ts';
import { taint } from '../team/session-origin.ts';
import { moveGoal } from './change-goal.ts';
import type { GoalRow } from './goal-row.ts';
import type { Look } from './look-at-goal.ts';

/** What people can answer; anything else is told to the lead. */
export const stallAnswers = { retry: 'Try again', extend: 'Give it a week more', giveUp: 'Give up' } as const;

/** Brings what does not go on before the lead, by one turn that is counted, and before people; and remembers that it did. */
export async function bringStalls(context: ChangeContext, goal: GoalRow, { lead, people, told }: Look): Promise<void> {
  await context.tx
    .updateTable('goal')
    .set({ told: sql`${JSON.stringify(told)}::jsonb` })
    .where('id', '=', goal.id)
    .execute();
  if (lead.length > 0) await wakeLead(context, goal, lead);
  if (people.length > 0) await askPeople(context, goal, people);
  if (people.some(({ kind }) => kind === 'unplanned'))
    await moveGoal(context, goal, { to: 'planning', why: 'The lead proposed no plan' });
  await context.record({
    type: 'goal-updated',
    subjectId: goal.id,
    subjectName: goal.title,
    detail: { teamId: goal.teamId, toldLead: lead.map(({ text }) => text), toldPeople: people.map(({ text }) => text) },
  });
}

async function wakeLead(context: ChangeContext, goal: GoalRow, stalls: readonly Stall[]): Promise<void> {
  const { leadId } = await askedTeam(context.tx, goal.teamId);
  const session = goalSession(goal.id);
  const untrusted = stalls.some((stall) => stall.untrusted);
  if (untrusted) await taint(context.tx, { workspaceId: goal.workspaceId, botId: leadId, session });
  const { at } = await context.tx
    .insertInto('goalWake')
    .values({ goalId: goal.id, workspaceId: goal.workspaceId, teamId: goal.teamId, why: said(stalls) })
    .returning('at')
    .executeTakeFirstOrThrow();
  await tellBot(context, {
    workspaceId: goal.workspaceId,
    botId: leadId,
    session,
    id: `stall:${goal.id}:${at.toISOString()}`,
    message: [
      `Something of the goal “${goal.title}” (goal_id ${goal.id}) does not go on:`,
      asRead(said(stalls), { untrusted }),
      'Do what you can: ask a teammate, or hand in another plan with propose_plan. If nothing changes within half an hour, people are told.',
    ].join('\n\n'),
  });
}

async function askPeople(context: ChangeContext, goal: GoalRow, stalls: readonly Stall[]): Promise<void> {
  const { leadId } = await askedTeam(context.tx, goal.teamId);
  await openItem(context, {
    workspaceId: goal.workspaceId,
    kind: 'stall',
    subject: goal.id,
    subjectId: goal.id,
    title: `The goal “${goal.title}” does not go on`,
    content: [
      { label: 'What stands still', text: said(stalls), untrusted: stalls.some((stall) => stall.untrusted === true) },
    ],
    decisions: [],
    isQuestion: true,
    choices: Object.values(stallAnswers),
    teamId: goal.teamId,
    botId: leadId,
    traceId: goal.traceId,
  });
}

function said(stalls: readonly Stall[]): string {
  return stalls.map(({ text }) => `- ${text}`).join('\n');
}
