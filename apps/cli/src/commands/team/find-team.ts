import type { Client } from '@clawster/client/client';
import type { Goal } from '@clawster/contract/goal';
import type { Team } from '@clawster/contract/team';
import { allPages, named } from '../../find.ts';

/** The team meant by a name or an id. */
export async function findTeam(client: Client, wanted: string): Promise<Team> {
  const all = await allPages((cursor) => client.teams.list({ limit: 200, cursor }));
  return all.find(({ id }) => id === wanted) ?? named(all, wanted, { what: 'team', list: 'clawster team list' });
}

/** The goal meant by a title or an id. */
export async function findGoal(client: Client, wanted: string): Promise<Goal> {
  const all = await allPages((cursor) => client.goals.list({ limit: 200, cursor }));
  const called = all.map((goal) => ({ ...goal, name: goal.title }));
  return all.find(({ id }) => id === wanted) ?? named(called, wanted, { what: 'goal', list: 'clawster goal list' });
}
