import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { cutPage, readCursor } from '../page.ts';
import { query } from '../query.ts';
import { selectOverlays, toOverlay } from './overlay.queries.ts';

const sortKey = sql<string>`lower(overlay.name)`;

/** Overlays by name; of one bot those it has by its labels, too. */
export const listOverlays = query(api.overlays.list, async ({ tx, caller }, { cursor, limit, botId, search }) => {
  const ofBot = botId
    ? sql<boolean>`(overlay.bot_id = ${botId}::uuid or (select labels from bot where id = ${botId}::uuid and workspace_id = ${caller.workspaceId}::uuid) @> overlay.selector)`
    : sql<boolean>`true`;
  const isFound = search ? sql<boolean>`strpos(lower(overlay.name), lower(${search})) > 0` : sql<boolean>`true`;
  const after = readCursor(cursor);
  let page = selectOverlays(tx)
    .where('overlay.workspaceId', '=', caller.workspaceId)
    .where(ofBot)
    .where(isFound)
    .orderBy(sortKey)
    .orderBy('overlay.id')
    .limit(limit + 1);
  if (after) page = page.where(sql<boolean>`(${sortKey}, overlay.id) > (${after.key}, ${after.id}::uuid)`);
  const rows = await page.execute();
  const { total } = await tx
    .selectFrom('overlay')
    .where('workspaceId', '=', caller.workspaceId)
    .where(ofBot)
    .where(isFound)
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow();
  const cut = cutPage(rows, limit, (last) => ({ key: last.name.toLowerCase(), id: last.id }));
  return { items: cut.rows.map(toOverlay), total, ...cut.next };
});
