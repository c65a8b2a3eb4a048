import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { paged } from '../paged.ts';
import { query } from '../query.ts';
import { selectAccounts, toAccount } from './service-account.queries.ts';

/** The service accounts of the workspace, by name. */
export const listServiceAccounts = query(api.serviceAccounts.list, ({ tx, caller }, input) =>
  paged(input, async ({ offset, limit }) => {
    const rows = await selectAccounts(tx, caller.workspaceId)
      .select(sql<number>`count(*) over ()`.as('total'))
      .orderBy(sql`lower(name)`)
      .offset(offset)
      .limit(limit)
      .execute();
    return { items: rows.map(toAccount), total: Number(rows[0]?.total ?? 0) };
  }),
);
