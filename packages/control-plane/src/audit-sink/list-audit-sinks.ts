import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { selectSinks, toSink } from './audit-sink.queries.ts';

/** Where the workspace's checkpoints are sent, by name. */
export const listAuditSinks = query(api.auditSinks.list, async ({ tx, caller, plane }) => {
  const rows = await selectSinks(tx, caller.workspaceId).orderBy('name').orderBy('id').execute();
  return { items: rows.map((row) => toSink(plane, row)) };
});
