import { sql } from 'kysely';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { shareOf, type Share } from '../replica/replica.queries.ts';
import { asStored, deciding, type DueBot, type Looked } from './lease-bots.ts';
import { factsIn, selectFacts } from './read-facts.ts';

/**
 * One round over the bots at rest that are this replica's to look at, a page at a time. The replicas that live share
 * them by the bots' ids; when one comes or goes, some are looked at twice or a round later, and leases hold all the same.
 */
export async function restingBots(plane: ControlPlane): Promise<(room: number) => Promise<Looked[]>> {
  const share = await systemQuery(plane, (tx) => shareOf(tx, plane.settings.replica));
  let after: string | undefined = share && firstId;
  return async (room) => {
    if (!share || after === undefined) return [];
    const page = await readPage(plane, share, { after, limit: room });
    after = page.length === room ? page.at(-1)?.bot.id : undefined;
    return page;
  };
}

const firstId = '00000000-0000-0000-0000-000000000000';

async function readPage(
  { db, settings, links }: ControlPlane,
  { workers, nth }: Share,
  page: { after: string; limit: number },
): Promise<Looked[]> {
  const rows = await systemQuery({ db }, (tx) =>
    selectFacts(tx, settings.replica)
      .select(deciding.map((column) => `bot.${column}` as const))
      .where('bot.id', '>', page.after)
      .where('bot.removedAt', 'is', null)
      .where(sql<boolean>`bot.reconcile_at = 'infinity'`)
      .where(sql<boolean>`(bot.leased_until is null or bot.leased_until < now())`)
      .where(sql<boolean>`(hashtext(bot.id::text) & 2147483647) % ${workers}::int = ${nth}::int`)
      .orderBy('bot.id')
      .limit(page.limit)
      .execute(),
  );
  return rows.map((row) => ({
    bot: asStored<DueBot>(row),
    stored: factsIn(row, links.holds(row.botId)),
    isResting: true,
  }));
}
