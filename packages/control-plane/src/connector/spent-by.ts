import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** What a bot's calls to a connector came to in the day or the month of UTC that it is, as far as it was told. */
export async function spentBy(
  tx: Tx,
  { botId, connectorId, period }: { botId: string; connectorId: string; period: 'day' | 'month' },
): Promise<number> {
  const begin = sql<string>`to_char(date_trunc(${period}, now() at time zone 'UTC'), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  const { usd } = await tx
    .selectFrom('telemetry')
    .where('botId', '=', botId)
    .where('kind', '=', 'model-call')
    // By the host's clock, which may be wrong, only roughly; by ours exactly.
    .where(sql<boolean>`at >= date_trunc(${period}, now() at time zone 'UTC') at time zone 'UTC' - interval '2 days'`)
    .where(sql<boolean>`data->>'startedAt' >= ${begin}`)
    .where(sql<boolean>`data->>'connectorId' = ${connectorId}`)
    .select(sql<number>`coalesce(sum((data->>'costUsd')::float8), 0)::float8`.as('usd'))
    .executeTakeFirstOrThrow();
  return usd;
}
