import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { databaseNow } from '../database-now.ts';
import { paged } from '../paged.ts';
import { query } from '../query.ts';
import { selectBudgets, toBudget } from './budget.queries.ts';

/** Budgets by name, with what is spent of them now. */
export const listBudgets = query(api.budgets.list, ({ tx, caller }, page) =>
  paged(page, async ({ offset, limit }) => {
    const rows = await selectBudgets(tx)
      .where('budget.workspaceId', '=', caller.workspaceId)
      .orderBy(sql`lower(budget.name)`)
      .offset(offset)
      .limit(limit)
      .execute();
    const { total } = await tx
      .selectFrom('budget')
      .where('workspaceId', '=', caller.workspaceId)
      .select(sql<number>`count(*)::int`.as('total'))
      .executeTakeFirstOrThrow();
    const now = await databaseNow(tx);
    return { items: rows.map((row) => toBudget(row, now)), total };
  }),
);
