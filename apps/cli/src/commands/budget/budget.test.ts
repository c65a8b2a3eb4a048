import type { Budget } from '@clawster/contract/budget';
import { expect, test } from 'vitest';
import { cliAt } from '../../testing/cli-at.ts';

const budget: Budget = {
  id: '3f6f3f0e-6f43-4d53-9c38-000000000001',
  name: 'Support',
  scope: { labels: { team: 'support' } },
  channel: 'telegram',
  period: 'week',
  limitUsd: 20,
  warnAt: [50, 100],
  hard: true,
  botCount: 3,
  use: {
    startsAt: '2026-11-23T00:00:00.000Z',
    endsAt: '2026-11-30T00:00:00.000Z',
    limitUsd: 20,
    spentUsd: 20.004,
    reservedUsd: 0,
    spentAt: '2026-11-27T07:00:00.000Z',
  },
  createdAt: '2026-11-01T00:00:00Z',
  updatedAt: '2026-11-01T00:00:00Z',
};
const lift = { usd: 5, reason: 'Black Friday', by: 'Ada', at: '2026-11-27T08:00:00Z' };
const shares = [
  { botId: budget.id, botName: 'Ada', spentUsd: 12, reservedUsd: 0, refusedAt: '2026-11-27T07:00:00.000Z' },
  { botId: budget.id, spentUsd: 8.004, reservedUsd: 0 },
];
const cli = () =>
  cliAt({
    'budgets.list': () => ({ items: [budget], total: 1 }),
    'budgets.get': () => ({ ...budget, shares }),
    'budgets.create': () => budget,
    'budgets.lift': () => ({ ...budget, use: { ...budget.use, limitUsd: 25, lift } }),
    'budgets.endLift': () => budget,
    'budgets.update': () => ({ ...budget, hard: false }),
    'budgets.delete': () => ({}),
  });

test('a budget is shown with what is spent, who spent it, and what stands still', async () => {
  const { run } = await cli();
  const { stdout } = await run(['budget', 'show', 'support']);
  expect(stdout).toContain('$20.00 of $20.00 this week, $0.00 reserved; stops its bots since 2026-11-27');
  expect(stdout).toContain('For bots with team=support (3) on telegram. Warns at 50 %, 100 %.');
  expect(stdout).toMatch(/Ada +\$12\.00.*\n.*\(gone\) +\$8\.00/);
  expect((await run(['budget', 'list'])).stdout).toMatch(/Support +bots with team=support \(3\) on telegram +week/);
});

test('a budget is of one bot, of bots with labels or of all, and stops unless it is to warn only', async () => {
  const { run, server } = await cli();
  await run([
    'budget',
    'create',
    'Support',
    '--limit',
    '20',
    '--period',
    'week',
    '--labels',
    'team=support',
    '--warn',
    '50,100',
  ]);
  expect(server.calls.at(-1)?.input).toMatchObject({
    scope: { labels: { team: 'support' } },
    warnAt: [50, 100],
    hard: true,
  });
  await run(['budget', 'create', 'All', '--limit', '20', '--soft']);
  expect(server.calls.at(-1)?.input).toMatchObject({ period: 'month', hard: false });
  expect((await run(['budget', 'create', 'All', '--limit', 'much'])).code).toBe(2);
  expect((await run(['budget', 'update', 'Support'])).stderr).toContain('Name what to change');
});

test('a budget is of a team by its name, and of nothing beside', async () => {
  const team = { id: '3f6f3f0e-6f43-4d53-9c38-000000000002', name: 'Customer care' };
  const { run, server } = await cliAt({
    'teams.list': () => ({ items: [team], total: 1 }),
    'budgets.create': () => ({ ...budget, scope: { teamId: team.id }, teamName: team.name, channel: undefined }),
  });
  const made = await run(['budget', 'create', 'Care', '--limit', '20', '--team', 'customer care']);
  expect(server.calls.at(-1)?.input).toMatchObject({ scope: { teamId: team.id } });
  expect(made.stdout).toContain('for the team Customer care (3).');
  const both = await run(['budget', 'create', 'Care', '--limit', '20', '--team', team.id, '--bot', 'ada']);
  expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('one of --bot, --labels and --team')]);
});

test('a lift says why, by how much or for how long, and is taken back', async () => {
  const { run, server } = await cli();
  expect((await run(['budget', 'lift', 'Support', '--by', '5'])).stderr).toContain('--reason');
  const lifted = await run(['budget', 'lift', 'Support', '--by', '5', '--reason', 'Black Friday']);
  expect(lifted.stdout).toContain('lifted to $25.00');
  expect(server.calls.at(-1)?.input).toEqual({ budgetId: budget.id, usd: 5, reason: 'Black Friday' });
  expect((await run(['budget', 'lift', 'Support', '--end'])).stdout).toContain('holds again: $20.00');
  expect((await run(['budget', 'lift', 'Support', '--end', '--hours', '2'])).code).toBe(2);
});
