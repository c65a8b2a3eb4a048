import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import { cutPage, readCursor } from '../page.ts';
import { query } from '../query.ts';
import { selectConnectors, toConnector } from './connector.queries.ts';

/** Connectors by name, a page at a time. */
export const listConnectors = query(api.connectors.list, async ({ tx }, { cursor, limit }) => {
  const after = readCursor(cursor);
  const key = sql<string>`lower(connector.name)`;
  let page = selectConnectors(tx)
    .select(key.as('sortKey'))
    .orderBy(key)
    .orderBy('connector.id')
    .limit(limit + 1);
  if (after) page = page.where(sql<boolean>`(${key}, connector.id) > (${after.key}, ${after.id}::uuid)`);
  const rows = await page.execute();
  const { total } = await tx
    .selectFrom('connector')
    .where('deletedAt', 'is', null)
    .where(isVisible('connector'))
    .select(sql<number>`count(*)`.as('total'))
    .executeTakeFirstOrThrow();
  const cut = cutPage(rows, limit, (last) => ({ key: last.sortKey, id: last.id }));
  return { items: cut.rows.map(toConnector), total, ...cut.next };
});
