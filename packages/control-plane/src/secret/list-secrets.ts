import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import { cutPage, readCursor } from '../page.ts';
import { query } from '../query.ts';
import { selectSecrets, toSecret } from './secret.queries.ts';

/** Secrets by name, a page at a time. */
export const listSecrets = query(api.secrets.list, async ({ tx }, { cursor, limit, search }) => {
  const key = sql<string>`lower(named_secret.name)`;
  const found = search ? sql<boolean>`strpos(lower(named_secret.name), lower(${search})) > 0` : sql<boolean>`true`;
  const after = readCursor(cursor);
  let page = selectSecrets(tx)
    .where(found)
    .select(key.as('sortKey'))
    .orderBy(key)
    .orderBy('namedSecret.id')
    .limit(limit + 1);
  if (after) page = page.where(sql<boolean>`(${key}, named_secret.id) > (${after.key}, ${after.id}::uuid)`);
  const rows = await page.execute();
  const { total } = await tx
    .selectFrom('namedSecret')
    .where('deletedAt', 'is', null)
    .where(isVisible('namedSecret'))
    .where(found)
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow();
  const cut = cutPage(rows, limit, (last) => ({ key: last.sortKey, id: last.id }));
  return { items: cut.rows.map(toSecret), total, ...cut.next };
});
