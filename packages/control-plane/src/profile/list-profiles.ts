import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { cutPage, readCursor } from '../page.ts';
import { query } from '../query.ts';
import { selectProfiles, toProfile } from './profile.queries.ts';

const sortKey = sql<string>`lpad(profile.priority::text, 4, '0') || lower(profile.name)`;

/** Profiles, the lowest first. */
export const listProfiles = query(api.profiles.list, async ({ tx, caller }, { cursor, limit, search }) => {
  const found = search ? sql<boolean>`strpos(lower(profile.name), lower(${search})) > 0` : sql<boolean>`true`;
  const after = readCursor(cursor);
  let page = selectProfiles(tx)
    .where('workspaceId', '=', caller.workspaceId)
    .where(found)
    .select(sortKey.as('sortKey'))
    .orderBy(sortKey)
    .orderBy('id')
    .limit(limit + 1);
  if (after) page = page.where(sql<boolean>`(${sortKey}, id) > (${after.key}, ${after.id}::uuid)`);
  const rows = await page.execute();
  const { total } = await tx
    .selectFrom('profile')
    .where('workspaceId', '=', caller.workspaceId)
    .where(found)
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow();
  const cut = cutPage(rows, limit, (last) => ({ key: last.sortKey, id: last.id }));
  return { items: cut.rows.map(toProfile), total, ...cut.next };
});
