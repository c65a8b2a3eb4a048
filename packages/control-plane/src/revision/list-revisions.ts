import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { cutPage, readCursor } from '../page.ts';
import { query } from '../query.ts';
import { refuseUnknownBot, selectRevisions, toRevision } from './revision.queries.ts';

/** What a bot was to be, newest first. */
export const listRevisions = query(api.revisions.list, async ({ tx }, { botId, cursor, limit }) => {
  await refuseUnknownBot(tx, botId);
  const after = readCursor(cursor);
  let page = selectRevisions(tx, botId)
    .orderBy('number', 'desc')
    .limit(limit + 1);
  if (after) page = page.where('number', '<', Number(after.key));
  const rows = await page.execute();
  const { total } = await tx
    .selectFrom('revision')
    .where('botId', '=', botId)
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow();
  const cut = cutPage(rows, limit, (last) => ({ key: String(last.number), id: botId }));
  return { items: cut.rows.map(toRevision), total, ...cut.next };
});
