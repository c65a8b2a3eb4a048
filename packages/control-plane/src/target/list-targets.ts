import { api } from '@clawster/contract/api';
import { Target } from '@clawster/contract/target';
import { sql } from 'kysely';
import { readCursor, writeCursor } from '../page.ts';
import { query } from '../query.ts';

/** Where bots can run, by name, a page at a time. */
export const listTargets = query(api.targets.list, async ({ tx }, { cursor, limit }) => {
  const after = readCursor(cursor);
  const key = sql<string>`lower(target.name)`;
  let page = tx
    .selectFrom('target')
    .select([
      'id',
      'name',
      'kind',
      'health',
      'orphans',
      'createdAt',
      key.as('sortKey'),
      sql<number>`(select count(*) from bot where bot.target_id = target.id and bot.spec->>'desired' <> 'destroyed')`.as(
        'botCount',
      ),
    ])
    .orderBy(key)
    .orderBy('id')
    .limit(limit + 1);
  if (after) page = page.where(sql<boolean>`(${key}, target.id) > (${after.key}, ${after.id}::uuid)`);
  const rows = await page.execute();
  const { total } = await tx
    .selectFrom('target')
    .select(sql<number>`count(*)`.as('total'))
    .executeTakeFirstOrThrow();
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map((row) =>
      Target.parse({
        ...row,
        health: row.health ?? undefined,
        orphans: row.orphans ?? [],
        createdAt: row.createdAt.toISOString(),
      }),
    ),
    total,
    ...(rows.length > limit && last ? { nextCursor: writeCursor({ key: last.sortKey, id: last.id }) } : {}),
  };
});
