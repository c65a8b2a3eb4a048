import { randomUUID } from 'node:crypto';
import type { TeamDetail } from '@clawster/contract/team';
import { ago } from './fleet.ts';
import { goalFrom, putInForce, tasksOf } from './goal-handlers.ts';
import { goalId, plannedGoalId } from './team-ids.ts';
import type { World } from './world.ts';

/** A goal under way, with what is late and what is blocked, and one whose plan waits. */
export function giveGoals(world: World, team: TeamDetail): void {
  const working = world.teaming.delegations[1];
  const active = goalFrom(world, {
    id: goalId,
    teamId: team.id,
    title: 'Answer every customer within an hour',
    text: 'Also at weekends.',
    measure: 'The median of a week is under an hour',
    dueOn: '2027-03-31',
    costUsd: 1.84,
    wakes: { count: 6, costUsd: 0.12 },
  });
  putInForce(world, active, {
    milestones: [
      {
        title: 'Know where time goes',
        dueOn: '2027-01-15',
        tasks: [
          { key: 'measure', title: 'Measure answers', text: 'Each channel.', capability: 'triage', after: [] },
          {
            key: 'sort',
            title: 'Sort what is asked',
            text: 'Ten kinds at most.',
            after: ['measure'],
            dueOn: '2027-01-10',
          },
        ],
      },
      {
        title: 'Be quicker',
        tasks: [
          {
            key: 'texts',
            title: 'Write texts for the ten kinds',
            text: 'Kind and short.',
            capability: 'support',
            after: ['sort'],
          },
          {
            key: 'refunds',
            title: 'Pay small refunds at once',
            text: 'Up to 20 dollars.',
            capability: 'refund',
            after: [],
          },
        ],
      },
    ],
  });
  const [measure, sort, , refunds] = tasksOf(active);
  if (measure) Object.assign(measure, { state: 'done', reason: 'Done', result: 'Telegram: 3 h', costUsd: 0.4 });
  if (sort && working)
    Object.assign(sort, {
      state: 'open',
      reason: 'Asked',
      isLate: true,
      delegationId: working.id,
      progress: working.progress,
    });
  if (refunds) Object.assign(refunds, { state: 'blocked', reason: 'Who may approve more than 20 dollars?' });
  active.tasks = { total: 4, done: 1, open: 1, blocked: 1, failed: 0 };
  const proposed = goalFrom(world, {
    id: plannedGoalId,
    teamId: team.id,
    title: 'Open a shop in Lyon',
    state: 'proposed',
    reason: 'A plan waits for you',
    proposed: {
      inboxItemId: randomUUID(),
      at: ago(300),
      plan: {
        milestones: [
          {
            title: 'Find a place',
            dueOn: '2027-02-01',
            tasks: [
              {
                key: 'list',
                title: 'List places to let',
                text: 'Under 2,000 a month.',
                capability: 'triage',
                after: [],
              },
              { key: 'visit', title: 'Ask for visits', text: 'Three at least.', after: ['list'] },
            ],
          },
        ],
      },
    },
  });
  world.teaming.goals = [active, proposed];
}
