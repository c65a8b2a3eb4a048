import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { query } from '../query.ts';
import { getBudget } from './budget.queries.ts';

/** A budget, and what each bot has of it: those that were refused first, then those that spent most. */
export const showBudget = query(api.budgets.get, async ({ tx }, { budgetId }) => {
  const budget = await getBudget(tx, budgetId);
  const shares = await tx
    .selectFrom('budgetAllowance')
    .leftJoin('bot', 'bot.id', 'budgetAllowance.botId')
    .where('budgetId', '=', budgetId)
    .where('startsOn', '=', budget.use.startsAt.slice(0, 10))
    .groupBy(['budgetAllowance.botId', 'bot.name'])
    .select(['budgetAllowance.botId', 'bot.name as botName'])
    .select([
      sql<number>`sum(spent_usd)::float8`.as('spentUsd'),
      sql<number>`sum(greatest(0, granted_usd - spent_usd))::float8`.as('reservedUsd'),
      sql<Date | null>`max(refused_at)`.as('refusedAt'),
    ])
    .orderBy(sql`max(refused_at)`, (order) => order.asc().nullsLast())
    .orderBy(sql`sum(spent_usd)`, 'desc')
    .limit(500)
    .execute();
  return {
    ...budget,
    shares: shares.map(({ botName, refusedAt, ...share }) => ({
      ...share,
      ...(botName === null ? {} : { botName }),
      ...(refusedAt ? { refusedAt: refusedAt.toISOString() } : {}),
    })),
  };
});
