import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { paged } from '../paged.ts';
import { query } from '../query.ts';
import { selectOperations, toOperation } from './operation.queries.ts';

/** What runs or ran on the workspace's bots, or on one, newest first. */
export const listOperations = query(api.operations.list, async ({ tx }, { botId, active, ...page }) =>
  paged(page, async ({ offset, limit }) => {
    let all = selectOperations(tx);
    if (botId) all = all.where('operation.botId', '=', botId);
    if (active) all = all.where('operation.phase', 'in', ['pending', 'running']);
    const rows = await all
      .orderBy('operation.createdAt', 'desc')
      .orderBy('operation.id')
      .offset(offset)
      .limit(limit)
      .execute();
    const { total } = await all
      .clearSelect()
      .select(sql<number>`count(*)`.as('total'))
      .executeTakeFirstOrThrow();
    return { items: rows.map(toOperation), total };
  }),
);
