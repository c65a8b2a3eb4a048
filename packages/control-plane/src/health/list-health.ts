import { api } from '@clawster/contract/api';
import type { ListHealth } from '@clawster/contract/health';
import { sql } from 'kysely';
import { isReached } from '../access/is-reached.ts';
import type { SignedIn } from '../caller.ts';
import { cutPage, readCursor } from '../page.ts';
import { query } from '../query.ts';
import { currentCause, currentRank, currentVerdict, selectHealth, toHealth } from './health.queries.ts';

/** How each bot was found last and why, the worst first; without those that were destroyed. */
export const listHealth = query(api.health.bots, async ({ tx, caller }, input) => {
  const asked = isAsked(caller, input);
  // As text, so that a cursor carries it.
  const sort = sql<string>`to_char(${currentRank}, 'FM00') || lower(bot.name)`;
  let page = selectHealth(tx)
    .where(asked)
    .select(sort.as('sortKey'))
    .orderBy(sort)
    .orderBy('bot.id')
    .limit(input.limit + 1);
  const after = readCursor(input.cursor);
  if (after) page = page.where(sql<boolean>`(${sort}, bot.id) > (${after.key}, ${after.id}::uuid)`);
  const rows = await page.execute();
  const { total } = await tx
    .selectFrom('bot')
    .leftJoin('botHealth as health', 'health.botId', 'bot.id')
    .where('bot.phase', '<>', 'destroyed')
    .where(asked)
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow();
  const cut = cutPage(rows, input.limit, (last) => ({ key: last.sortKey, id: last.id }));
  return { items: cut.rows.map(toHealth), total, ...cut.next };
});

function isAsked({ workspaceId, reach }: SignedIn, { search, verdict, signal, cause }: ListHealth) {
  const isFound = search ? sql`strpos(lower(bot.name), lower(${search})) > 0` : sql`true`;
  const isSo = verdict ? sql`${currentVerdict} = ${verdict}` : sql`true`;
  const isOfSignal = signal ? sql`health.signal = ${signal} and ${currentCause} is not null` : sql`true`;
  const isOfCause = cause ? sql`${currentCause} = ${cause}` : sql`true`;
  return sql<boolean>`bot.workspace_id = ${workspaceId} and ${isFound} and ${isSo} and ${isOfSignal} and ${isOfCause} and ${isReached(reach)}`;
}
