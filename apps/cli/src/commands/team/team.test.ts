import type { GoalDetail, Task } from '@clawster/contract/goal';
import { TeamDetail } from '@clawster/contract/team';
import { expect, test } from 'vitest';
import { botOf } from '../../testing/bot.ts';
import { cliAt } from '../../testing/cli-at.ts';

const id = '3f6f3f0e-6f43-4d53-9c38-000000000001';
const lead = {
  botId: id,
  botName: 'Ada',
  phase: 'ready' as const,
  isLead: true,
  title: 'Lead',
  capabilities: ['planning'],
  mayDelegate: true,
  working: 1,
  waiting: 0,
};
const team = TeamDetail.parse({
  id,
  name: 'Care',
  charter: 'We care.',
  lead,
  members: [lead],
  memberCount: 1,
  limits: {
    openTasks: 50,
    tasksPerMember: 2,
    hops: 3,
    fanOut: 8,
    taskMinutes: 60,
    usdPerOrigin: null,
    wakesPerDay: 24,
  },
  channelRights: { capabilities: [], tools: [] },
  approvalsByAnother: true,
  rulesVersion: 2,
  open: 3,
  held: 1,
  goals: 1,
  version: 7,
  createdAt: '2026-11-01T00:00:00Z',
  updatedAt: '2026-11-01T00:00:00Z',
});
const task: Task = {
  id,
  goalId: id,
  milestoneId: id,
  key: 'ask',
  title: 'Ask',
  text: 'Ask them',
  state: 'blocked',
  reason: 'Nobody can',
  capability: 'support',
  after: [],
  isLate: true,
  costUsd: 0,
  updatedAt: '2026-11-01T00:00:00Z',
};
const goal: GoalDetail = {
  id,
  teamId: id,
  teamName: 'Care',
  title: 'Happy customers',
  text: '',
  measure: 'none waits',
  state: 'active',
  reason: '',
  setBy: 'Grace',
  tasks: { total: 1, done: 0, open: 0, blocked: 1, failed: 0 },
  costUsd: 1.5,
  wakes: { count: 2, costUsd: 0.1 },
  traceId: `goal:${id}`,
  createdAt: '2026-11-01T00:00:00Z',
  updatedAt: '2026-11-01T00:00:00Z',
  milestones: [{ id, title: 'First', tasks: [task] }],
};
const cli = () =>
  cliAt({
    'teams.list': () => ({ items: [team], total: 1 }),
    'teams.get': () => team,
    'teams.update': () => team,
    'teams.flow': () => ({
      from: team.createdAt,
      to: team.createdAt,
      edges: [{ toBotId: id, open: 1, held: 0, done: 2, refused: 0, failed: 0, costUsd: 0.5 }],
    }),
    'goals.list': () => ({ items: [goal], total: 1 }),
    'goals.get': () => goal,
    'goals.create': () => goal,
    'goals.pause': () => ({ ...goal, state: 'paused' as const }),
    'goals.retryTask': () => ({ ...task, state: 'planned' as const }),
  });

test('a team is shown with who is in it, what is open, and what went from whom to whom', async () => {
  const { run } = await cli();
  expect((await run(['team', 'list'])).stdout).toMatch(/Care +Ada +1 +3 +1 +1/);
  const { stdout } = await run(['team', 'show', 'care']);
  expect(stdout).toContain('3 tasks open, 1 of them wait for a person');
  expect(stdout).toMatch(/Ada +lead, Lead +planning +yes/);
  expect((await run(['team', 'flow', 'Care'])).stdout).toMatch(/people +Ada +1 +0 +2 .*\$0\.50/);
  expect(JSON.parse((await run(['team', 'show', 'Care', '--json'])).stdout)).toMatchObject({ name: 'Care' });
});

test('a bot that failed is told with why, and ends the waiting for its team with 1', async () => {
  const other = '3f6f3f0e-6f43-4d53-9c38-000000000002';
  const { run } = await cliAt({
    'teams.templates': () => ({ items: [] }),
    'connectors.list': () => ({ items: [{ id, name: 'Demo', provider: 'demo' }], total: 1 }),
    'teams.deploy': () => ({ ...team, members: [lead, { ...lead, botId: other, botName: 'Bea' }] }),
    'bots.get': ({ botId }: { botId: string }) =>
      botId === id ? botOf({ id }) : botOf({ id: other, name: 'Bea', phase: 'failed' }),
  });
  const { code, stdout, stderr } = await run(['team', 'deploy', 'any', '--wait']);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('1 of its 2 bots are not ready. They go on trying:\n  Bea is failed: It is failed\n');
});

test('a limit that is not named stays, and a change names the version it is of', async () => {
  const { run, server } = await cli();
  await run(['team', 'update', 'Care', '--hops', '5', '--usd-per-origin', 'never']);
  expect(server.calls.at(-1)?.input).toMatchObject({
    baseVersion: 7,
    limits: { hops: 5, usdPerOrigin: null, openTasks: 50 },
  });
  expect((await run(['team', 'update', 'Care'])).stderr).toContain('Name what to change');
});

test('a goal is set with its plan, shown with its roadmap, and paused; a task begins anew', async () => {
  const { run, server } = await cli();
  const plan = '{milestones: [{title: M, tasks: [{key: a, title: A, text: Do it}]}]}';
  await run(['goal', 'create', 'Care', 'Happy customers', '--due', '2026-12-24', '--plan', plan]);
  expect(server.calls.at(-1)?.input).toMatchObject({ dueOn: '2026-12-24', plan: { milestones: [{ title: 'M' }] } });
  const { stdout } = await run(['goal', 'show', 'happy customers']);
  expect(stdout).toContain('0 of 1 tasks are done. $1.50 so far; the lead was woken 2 times.');
  expect(stdout).toMatch(/ask +Ask +blocked, late +support +Nobody can/);
  expect((await run(['goal', 'pause', 'Happy customers'])).stdout).toContain('(Care): paused');
  expect((await run(['task', 'retry', id])).stdout).toContain('planned');
  expect((await run(['task', 'retry', 'ask'])).stderr).toContain('clawster task list');
});
