import { Plan } from '@clawster/contract/goal';
import { expect, test } from 'vitest';
import { whyNotPlan } from './why-not-plan.ts';

const facts = {
  today: '2026-11-27',
  goalDueOn: '2026-12-24',
  members: [
    { name: 'Ada', capabilities: ['planning'] },
    { name: 'Bea', capabilities: ['support'] },
  ],
};
const plan = (...tasks: object[]) =>
  Plan.parse({ milestones: [{ title: 'M', tasks: tasks.map((task) => ({ title: 'T', text: 'Do it', ...task })) }] });

test('a plan whose tasks all have somebody and come in some order is fine', () => {
  const good = plan(
    { key: 'a', capability: 'support', dueOn: '2026-12-01' },
    { key: 'b', assignee: 'bea', after: ['a'] },
    { key: 'c' },
  );
  expect(whyNotPlan(good, facts)).toEqual([]);
});

test.each([
  ['two of one key', [{ key: 'a' }, { key: 'a' }], 'Two tasks have the key "a"'],
  ['waits for nothing there is', [{ key: 'a', after: ['z'] }], '"z", which is no task of the plan: it has a'],
  ['waits for itself', [{ key: 'a', after: ['a'] }], 'a wait for each other'],
  [
    'waits in a ring',
    [{ key: 'a', after: ['c'] }, { key: 'b', after: ['a'] }, { key: 'c', after: ['b'] }, { key: 'd' }],
    'a, b, c wait for each other',
  ],
  ['nobody can do it', [{ key: 'a', capability: 'cooking' }], 'nobody in the team can do: there is planning, support'],
  ['nobody has the name', [{ key: 'a', assignee: 'Max' }], 'Max, who is not in the team: it has Ada, Bea'],
  ['due before today', [{ key: 'a', dueOn: '2026-11-01' }], 'which is past: today is 2026-11-27'],
  ['due after the goal', [{ key: 'a', dueOn: '2027-01-01' }], 'after the goal itself'],
])('a plan is refused where of a task it is so: %s', (_, tasks, why) => {
  expect(whyNotPlan(plan(...tasks), facts)).toEqual([expect.stringContaining(why)]);
});
