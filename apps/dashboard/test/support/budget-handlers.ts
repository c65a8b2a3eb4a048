import { randomUUID } from 'node:crypto';
import type {
  Budget,
  BudgetChanges,
  BudgetScope,
  BudgetShare,
  CreateBudget,
  LiftBudget,
} from '@clawster/contract/budget';
import { periodAt } from '@clawster/domain/budget/period';
import { botOf } from './bot-of.ts';
import { ago } from './fleet.ts';
import { pageOf } from './layer-handlers.ts';
import { Refused } from './refused.ts';
import { teamOf } from './team-handlers.ts';
import type { Handler, World } from './world.ts';

export type StandInBudget = Budget & { shares: BudgetShare[] };

/** Budgets as a server keeps them, but for what is spent: that is set by a test. */
export const budgetHandlers: Record<string, Handler> = {
  'budgets.list': (world, page: { limit: number }) => pageOf(world.budgets, page),
  'budgets.get': (world, { budgetId }: { budgetId: string }) => found(world, budgetId),
  'budgets.create': (world, input: CreateBudget) => {
    const budget = budgetOf(world, input);
    world.budgets.push(budget);
    return budget;
  },
  'budgets.update': (world, { budgetId, ...changes }: BudgetChanges & { budgetId: string }) => {
    const budget = Object.assign(found(world, budgetId), changes);
    budget.use.limitUsd = budget.limitUsd;
    return budget;
  },
  'budgets.delete': (world, { budgetId }: { budgetId: string }) => {
    world.budgets = world.budgets.filter(({ id }) => id !== budgetId);
    return {};
  },
  'budgets.lift': (world, { budgetId, usd, until, reason }: LiftBudget) => {
    const budget = found(world, budgetId);
    const lift = { ...(usd === undefined ? { until } : { usd }), reason, by: world.ownName, at: ago(0) };
    const { limitUsd: _, spentAt: __, ...use } = budget.use;
    budget.use = { ...use, lift, ...(usd === undefined ? {} : { limitUsd: budget.limitUsd + usd }) };
    return budget;
  },
  'budgets.endLift': (world, { budgetId }: { budgetId: string }) => {
    const budget = found(world, budgetId);
    const { lift: _, ...use } = budget.use;
    budget.use = { ...use, limitUsd: budget.limitUsd };
    return budget;
  },
};

function found(world: World, budgetId: string): StandInBudget {
  const budget = world.budgets.find(({ id }) => id === budgetId);
  if (!budget) throw new Refused('not-found', 'There is no such budget in this workspace');
  return budget;
}

type New = CreateBudget & Pick<Budget, 'warnAt' | 'hard'>;

function budgetOf(world: World, input: New, use: Partial<Budget['use']> = {}): StandInBudget {
  const { startsAt, endsAt } = periodAt(input.period, new Date());
  return {
    ...input,
    id: randomUUID(),
    ...whoseOf(world, input.scope),
    use: {
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      limitUsd: input.limitUsd,
      spentUsd: 0,
      reservedUsd: 0,
      ...use,
    },
    shares: [],
    createdAt: ago(86_400),
    updatedAt: ago(86_400),
  };
}

function whoseOf(world: World, scope: BudgetScope | undefined) {
  if (scope && 'botId' in scope) return { botName: botOf(world, scope.botId).name, botCount: 1 };
  if (!scope || 'labels' in scope) return { botCount: world.bots.length };
  const { name, memberCount } = teamOf(world, scope.teamId);
  return { teamName: name, botCount: memberCount };
}

/** One that goes on, one of a team where there is one, one that stops its bots, one that is lifted and one that only tells. */
export function someBudgets(world: World): StandInBudget[] {
  const usual = { warnAt: [50, 80, 100], hard: true } as const;
  const made = (input: Partial<New> & Pick<New, 'name' | 'limitUsd'>, use: Partial<Budget['use']>) =>
    budgetOf(world, { ...usual, warnAt: [...usual.warnAt], period: 'month', ...input }, use);
  const [first, second] = world.bots;
  const support = made(
    { name: 'Support', limitUsd: 40, period: 'week', scope: { labels: { team: 'support' } }, channel: 'telegram' },
    { spentUsd: 40.012, spentAt: ago(2_400) },
  );
  support.shares = [
    {
      botId: first?.id ?? randomUUID(),
      botName: first?.name ?? '',
      spentUsd: 28.4,
      reservedUsd: 0,
      refusedAt: ago(2_400),
    },
    { botId: second?.id ?? randomUUID(), botName: second?.name ?? '', spentUsd: 9.1, reservedUsd: 0 },
    { botId: randomUUID(), spentUsd: 2.512, reservedUsd: 0 },
  ];
  const lift = { usd: 5, reason: 'The launch of the new shop', by: 'Ada Lovelace', at: ago(3_600) };
  const [team] = world.teaming.teams;
  return [
    ...(team ? [made({ name: 'Company', limitUsd: 60, scope: { teamId: team.id } }, { spentUsd: 17.3 })] : []),
    made({ name: 'Everything', limitUsd: 500 }, { spentUsd: 312.4, reservedUsd: 21.5, exhaustedAt: soon(3) }),
    made({ name: 'Research', limitUsd: 10, period: 'day' }, { limitUsd: 15, spentUsd: 11.2, reservedUsd: 0.9, lift }),
    support,
    made({ name: 'Experiments', limitUsd: 5, hard: false, period: 'day' }, { spentUsd: 0.004 }),
  ];
}

const soon = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
