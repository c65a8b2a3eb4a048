import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** What a bot's calls to a connector came to in the day or the month of UTC that it is, as far as it was told. */
export async function spentBy(
  tx: Tx,
  { botId, connectorId, period }: { botId: string; connectorId: string; period: 'day' | 'month' },
): Promise<number> {
  const { usd } = await tx
    .selectFrom('usageDay')
    .where('botId', '=', botId)
    .where('kind', '=', 'model-call')
    .where('connectorId', '=', connectorId)
    .where(sql<boolean>`day >= date_trunc(${period}, now() at time zone 'UTC')::date`)
    .select(sql<number>`coalesce(sum(cost_usd), 0)::float8`.as('usd'))
    .executeTakeFirstOrThrow();
  return usd;
}
