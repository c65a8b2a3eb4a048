import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { selectViews, toView } from './audit-view.queries.ts';

/** The views a caller may open, by name. */
export const listAuditViews = query(api.auditViews.list, async ({ tx, caller }) => {
  const rows = await selectViews(tx, caller).orderBy('name').orderBy('id').execute();
  return { items: rows.map(toView) };
});
