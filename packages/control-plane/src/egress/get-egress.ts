import { api } from '@clawster/contract/api';
import { RefusedPlace } from '@clawster/contract/egress';
import { getBot } from '../bot/bot.queries.ts';
import { query } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { egressOfBots } from './egress-of-bots.ts';

const refusedMax = 100;

/** Where a bot may connect to as of now, whether its target keeps it to that, and what it was refused. */
export const getEgress = query(api.bots.egress, async ({ tx, caller, plane }, { botId }) => {
  const { targetId } = await getBot(tx, botId);
  const { workspaceId } = caller;
  const lists = await egressOfBots(tx, plane.settings, { workspaceId, ids: [botId] });
  const target = await tx.selectFrom('target').select('egressKeptAt').where('id', '=', targetId).executeTakeFirst();
  const keptAt = target?.egressKeptAt?.toISOString();
  return {
    ...(keptAt ? { keptAt } : {}),
    ...(lists.get(botId) ?? { allowed: [], inside: [] }),
    refused: await readRefused(tx, botId),
  };
});

async function readRefused(tx: Tx, botId: string): Promise<RefusedPlace[]> {
  const rows = await tx
    .selectFrom('egressRefusal')
    .select(['place', 'reason', 'count', 'firstAt', 'lastAt'])
    .where('botId', '=', botId)
    .orderBy('lastAt', 'desc')
    .limit(refusedMax)
    .execute();
  return rows.map(({ place, reason, count, firstAt, lastAt }) =>
    RefusedPlace.parse({
      place,
      reason,
      count: Number(count),
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
    }),
  );
}
