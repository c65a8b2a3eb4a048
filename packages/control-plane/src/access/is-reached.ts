import type { BotScope } from '@clawster/contract/label';
import { sql, type RawBuilder } from 'kysely';

/**
 * Holds for the rows of `bot` that a caller reaches; without a reach, for all. Row-level security holds it too: this is
 * the wall in front of it, and lets an index give the rows.
 */
export function isReached(reach: readonly BotScope[] | undefined): RawBuilder<boolean> {
  if (!reach) return sql<boolean>`true`;
  const scopes = reach.map((bots) =>
    'botId' in bots ? sql`bot.id = ${bots.botId}::uuid` : sql`bot.labels @> ${JSON.stringify(bots.labels)}::jsonb`,
  );
  return sql<boolean>`(${sql.join(scopes, sql` or `)})`;
}
