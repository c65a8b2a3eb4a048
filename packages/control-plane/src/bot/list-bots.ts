import { api } from '@clawster/contract/api';
import type { ListBots } from '@clawster/contract/bot';
import { labelsOf } from '@clawster/contract/label';
import { sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import { isReached } from '../access/is-reached.ts';
import { cutPage, readCursor } from '../page.ts';
import { query } from '../query.ts';
import { currentPhase, selectBots, toBot } from './bot.queries.ts';

/** Bots as filtered and sorted by the database, a page at a time; destroyed ones only when asked for. */
export const listBots = query(api.bots.list, async ({ tx, caller }, input) => {
  const sort = sortKeys[input.order];
  const direction = input.descending ? 'desc' : 'asc';
  const asked = isAsked(caller, input);
  let page = selectBots(tx)
    .where(asked)
    .select(sort.as('sortKey'))
    .orderBy(sort, direction)
    .orderBy('bot.id', direction)
    .limit(input.limit + 1);
  const after = readCursor(input.cursor);
  if (after) {
    const beyond = sql.raw(input.descending ? '<' : '>');
    page = page.where(sql<boolean>`(${sort}, bot.id) ${beyond} (${after.key}, ${after.id}::uuid)`);
  }
  const rows = await page.execute();
  // What belongs to the bots is not needed to count them.
  const { total } = await tx
    .selectFrom('bot')
    .leftJoin('link', 'link.botId', 'bot.id')
    .where(asked)
    .select(sql<number>`count(*)`.as('total'))
    .executeTakeFirstOrThrow();
  const cut = cutPage(rows, input.limit, (last) => ({ key: last.sortKey, id: last.id }));
  return { items: cut.rows.map(toBot), total, ...cut.next };
});

/** As text, so that a cursor carries any of them; times in ISO order sort as times. */
const sortKeys = {
  name: sql<string>`lower(bot.name)`,
  phase: sql<string>`${currentPhase}`,
  created: sql<string>`to_char(bot.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`,
  since: sql<string>`to_char(bot.phase_since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`,
};

/** The workspace is named although row-level security knows it: by that, an index gives its bots in order. */
function isAsked({ workspaceId, reach }: SignedIn, { search, phase, selector, ...template }: ListBots) {
  const inPhase = phase ? sql`${currentPhase} = ${phase}` : sql`bot.phase <> 'destroyed'`;
  const isFound = search ? sql`strpos(lower(bot.name), lower(${search})) > 0` : sql`true`;
  const isLabelled = selector ? sql`bot.labels @> ${JSON.stringify(labelsOf(selector))}::jsonb` : sql`true`;
  return sql<boolean>`bot.workspace_id = ${workspaceId} and ${inPhase} and ${isFound} and ${isLabelled} and ${isMadeFrom(template)} and ${isReached(reach)}`;
}

function isMadeFrom({ templateId, templateBefore }: Pick<ListBots, 'templateId' | 'templateBefore'>) {
  const isOfIt = templateId ? sql`bot.spec->'template'->>'id' = ${templateId}` : sql`true`;
  const isBefore = templateBefore ? sql`(bot.spec->'template'->>'version')::int < ${templateBefore}` : sql`true`;
  return sql`${isOfIt} and ${isBefore}`;
}
