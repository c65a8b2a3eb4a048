import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { cutPage, readCursor } from '../page.ts';
import { query } from '../query.ts';
import { selectTargets, toTarget } from './target.queries.ts';

/** Where bots can run, by name, a page at a time. */
export const listTargets = query(api.targets.list, async ({ tx }, { cursor, limit }) => {
  const after = readCursor(cursor);
  const key = sql<string>`lower(target.name)`;
  let page = selectTargets(tx)
    .select(key.as('sortKey'))
    .orderBy(key)
    .orderBy('id')
    .limit(limit + 1);
  if (after) page = page.where(sql<boolean>`(${key}, target.id) > (${after.key}, ${after.id}::uuid)`);
  const rows = await page.execute();
  const { total } = await tx
    .selectFrom('target')
    .select(sql<number>`count(*)`.as('total'))
    .executeTakeFirstOrThrow();
  const cut = cutPage(rows, limit, (last) => ({ key: last.sortKey, id: last.id }));
  return { items: cut.rows.map(toTarget), total, ...cut.next };
});
