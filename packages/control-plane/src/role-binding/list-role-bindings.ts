import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { paged } from '../paged.ts';
import { query } from '../query.ts';
import { selectBindings, toBinding } from './role-binding.queries.ts';

/** Who has a role for some bots, newest first. */
export const listRoleBindings = query(api.roleBindings.list, ({ tx, caller }, { personId, ...page }) =>
  paged(page, async ({ offset, limit }) => {
    let all = selectBindings(tx, caller.workspaceId);
    if (personId) all = all.where('roleBinding.personId', '=', personId);
    const rows = await all
      .orderBy('roleBinding.createdAt', 'desc')
      .orderBy('roleBinding.id')
      .offset(offset)
      .limit(limit)
      .execute();
    const { total } = await all
      .clearSelect()
      .select(sql<number>`count(*)`.as('total'))
      .executeTakeFirstOrThrow();
    return { items: rows.map(toBinding), total };
  }),
);
