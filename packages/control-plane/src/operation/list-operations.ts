import { api } from '@clawster/contract/api';
import { pagedRows } from '../paged.ts';
import { query } from '../query.ts';
import { selectOperations, toOperation } from './operation.queries.ts';

/** What runs or ran on the workspace's bots, or on one, newest first. */
export const listOperations = query(api.operations.list, async ({ tx }, { botId, active, ...page }) => {
  let all = selectOperations(tx);
  if (botId) all = all.where('operation.botId', '=', botId);
  if (active) all = all.where('operation.phase', 'in', ['pending', 'running']);
  return pagedRows(page, all.orderBy('operation.createdAt', 'desc').orderBy('operation.id'), toOperation);
});
