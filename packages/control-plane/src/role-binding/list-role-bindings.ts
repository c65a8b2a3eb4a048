import { api } from '@clawster/contract/api';
import { pagedRows } from '../paged.ts';
import { query } from '../query.ts';
import { selectBindings, toBinding } from './role-binding.queries.ts';

/** Who has a role for some bots, newest first. */
export const listRoleBindings = query(api.roleBindings.list, async ({ tx, caller }, { personId, ...page }) => {
  let all = selectBindings(tx, caller.workspaceId);
  if (personId) all = all.where('roleBinding.personId', '=', personId);
  return pagedRows(page, all.orderBy('roleBinding.createdAt', 'desc').orderBy('roleBinding.id'), toBinding);
});
