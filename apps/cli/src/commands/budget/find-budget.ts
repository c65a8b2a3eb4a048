import type { Client } from '@clawster/client/client';
import type { Budget } from '@clawster/contract/budget';
import { allPages, named } from '../../find.ts';

/** The budget meant by a name or an id. */
export async function findBudget(client: Client, wanted: string): Promise<Budget> {
  const all = await allPages((cursor) => client.budgets.list({ limit: 200, cursor }));
  return all.find(({ id }) => id === wanted) ?? named(all, wanted, { what: 'budget', list: 'clawster budget list' });
}
