import { api } from '@clawster/contract/api';
import { CostSpike } from '@clawster/contract/cost';
import { sql } from 'kysely';
import { query } from '../query.ts';

const daysBack = 7;
const spikesMax = 100;

/** Bots whose cost or tokens rose far above what is usual for them, the latest first. */
export const listSpikes = query(api.costs.spikes, async ({ tx, caller }, { botId }) => {
  let select = tx
    .selectFrom('costSpike')
    .leftJoin('bot', 'bot.id', 'costSpike.botId')
    .select([
      'costSpike.botId',
      'bot.name as botName',
      'costSpike.at',
      'costSpike.hour',
      'tokens',
      'usualTokens',
      'why',
    ])
    .select([sql<number>`usd::float8`.as('usd'), sql<number>`usual_usd::float8`.as('usualUsd')])
    .where('costSpike.workspaceId', '=', caller.workspaceId)
    .where('costSpike.at', '>', sql<Date>`now() - make_interval(days => ${daysBack})`)
    .orderBy('costSpike.at', 'desc')
    .limit(spikesMax);
  if (botId) select = select.where('costSpike.botId', '=', botId);
  const rows = await select.execute();
  return {
    items: rows.map(({ botName, at, hour, ...row }) =>
      CostSpike.parse({ ...row, botName: botName ?? undefined, at: at.toISOString(), hour: hour.toISOString() }),
    ),
  };
});
