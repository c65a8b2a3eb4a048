import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { paged } from '../paged.ts';
import { query } from '../query.ts';
import { readerOf } from '../task/may-read.ts';
import { selectGoals, toGoal } from './goal.queries.ts';

/** Goals, those that are not over first, the newest before older ones. */
export const listGoals = query(api.goals.list, ({ tx, caller }, { teamId, state, ...page }) =>
  paged(page, async ({ offset, limit }) => {
    const asked = sql<boolean>`goal.workspace_id = ${caller.workspaceId}::uuid
      and (${teamId ?? null}::uuid is null or goal.team_id = ${teamId ?? null}::uuid)
      and (${state ?? null}::text is null or goal.state = ${state ?? null})`;
    const rows = await selectGoals(tx)
      .where(asked)
      .orderBy(sql`goal.ended_at is not null`)
      .orderBy('goal.createdAt', 'desc')
      .orderBy('goal.id')
      .limit(limit)
      .offset(offset)
      .execute();
    const { total } = await tx
      .selectFrom('goal')
      .where(asked)
      .select(sql<number>`count(*)::int`.as('total'))
      .executeTakeFirstOrThrow();
    const reader = readerOf(caller);
    return { items: rows.map((row) => toGoal(row, reader)), total };
  }),
);
