import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { toldRetention } from './audit-retention.queries.ts';

/** How long the caller's workspace keeps its events. */
export const getRetention = query(api.auditRetention.get, ({ tx, caller }, { days }) =>
  toldRetention(tx, caller.workspaceId, days),
);
