import { api } from '@clawster/contract/api';
import { BotPhase } from '@clawster/contract/bot';
import { sql } from 'kysely';
import { isReached } from '../access/is-reached.ts';
import { query } from '../query.ts';
import { currentPhase } from './bot.queries.ts';

/** How many bots are in each phase now, in one pass over them; `total` leaves out those that were destroyed. */
export const countBots = query(api.bots.counts, async ({ tx, caller }) => {
  const rows = await tx
    .selectFrom((from) =>
      from
        .selectFrom('bot')
        .leftJoin('link', 'link.botId', 'bot.id')
        .where('bot.workspaceId', '=', caller.workspaceId)
        .where(isReached(caller.reach))
        .select(currentPhase.as('phase'))
        .as('bot'),
    )
    .select(['phase', sql<number>`count(*)`.as('bots')])
    .groupBy('phase')
    .execute();
  const counted = new Map(rows.map(({ phase, bots }) => [phase, bots]));
  const of = (phase: BotPhase) => counted.get(phase) ?? 0;
  const phases = Object.fromEntries(BotPhase.options.map((phase) => [phase, of(phase)])) as Record<BotPhase, number>;
  return { total: rows.reduce((sum, { bots }) => sum + bots, 0) - of('destroyed'), phases };
});
