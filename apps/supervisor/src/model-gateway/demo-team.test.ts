import { teamTools } from '@clawster/link/team';
import { expect, test } from 'vitest';
import { demoTeamReply } from './demo-team.ts';

const system = 'You are Lead.\nYou work at task 1 that Grow gave you. Do this task and nothing else.';
const goalId = '2fa4c931-2e8b-487f-b37c-8c2665c089ff';
const asked = `Plan: Grow

Plan this goal, and hand the plan in with propose_plan.

goal_id: ${goalId}

Goal: Grow by a tenth

The team, and what each can be asked for:
- Lead (you), Team lead: planning
- Ada, Customer support: customer-support, customer-feedback
- Bob: devops
- Cid: nothing in particular
- Eve, Code review: code-review
- Fay, Papers: papers`;
const reply = (message: string, more: Partial<Parameters<typeof demoTeamReply>[0]> = {}) =>
  demoTeamReply({ message, system, tools: ['read', 'team__propose_plan'], toolAnswer: undefined, ...more });

test('a lead proposes a plan that the tool takes: a step for each of a few teammates, none for itself', () => {
  const proposed = reply(asked);
  expect(proposed).toMatchObject({ kind: 'tool', name: 'team__propose_plan' });
  const input = teamTools.propose_plan.input.parse(JSON.parse(proposed?.kind === 'tool' ? proposed.arguments : ''));
  expect(input.goal_id).toBe(goalId);
  expect(input.milestones).toHaveLength(1);
  const tasks = input.milestones.flatMap((milestone) => milestone.tasks);
  expect(tasks.map(({ capability, title }) => [capability, title])).toEqual([
    ['customer-support', 'What Customer support would do first'],
    ['devops', 'What Bob would do first'],
    ['code-review', 'What Code review would do first'],
  ]);
  for (const { task } of tasks) expect(task).toContain('Grow by a tenth');
});

test('it says that it proposed one, and what the tool said to that', () => {
  expect(reply(asked, { toolAnswer: 'It waits for a person.' })).toEqual({
    kind: 'text',
    text: 'I proposed a plan for "Grow by a tenth". It waits for a person.',
  });
});

test('a member says what it was asked for and that it cannot do it; the lead puts together how each task ended', () => {
  const member = reply('What Bob would do first\n\nSay in one sentence', { tools: [] });
  expect(member?.kind === 'text' && member.text).toMatch(/^I was asked: "What Bob would do first"\. .*demo model/);
  const all =
    'Sum up: Grow\n\nAll tasks of this goal are done. Put together\n\nGoal: Grow\n\n## One (done)\nx\n\n## Two (failed)\n';
  const lead = reply(all);
  expect(lead?.kind === 'text' && lead.text).toContain('Of "Grow":\n- One: done\n- Two: failed');
});

test('outside a task of a team it has no part: a person is answered as ever', () => {
  expect(reply(asked, { system: 'You are Lead.' })).toBeUndefined();
});
