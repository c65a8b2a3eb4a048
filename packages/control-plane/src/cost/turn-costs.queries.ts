import type { ComparedTurn } from '@clawster/domain/cost/comparison';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** Of more on a side, those nearest to the change: they tell enough. */
const turnsMax = 2_000;

type Row = { isAfter: boolean; usd: number | null; tokens: number | null; failed: boolean; durationMs: number };

/** A bot's turns on both sides of a moment, with what the model's calls of each came to. */
export async function selectTurns(
  tx: Tx,
  botId: string,
  { from, at, to }: { from: string; at: string; to: string },
): Promise<{ before: ComparedTurn[]; after: ComparedTurn[] }> {
  const turns = (first: string, last: string, order: 'asc' | 'desc') => sql`
    (select id, trace_id, at, outcome, duration_ms, coalesce((data->>'modelCalls')::int, 0) as model_calls from span
      where bot_id = ${botId}::uuid and kind = 'turn' and at >= ${first}::timestamptz and at < ${last}::timestamptz
      order by at ${sql.raw(order)} limit ${turnsMax})`;
  const { rows } = await sql<Row>`
    with turns as (${turns(from, at, 'desc')} union all ${turns(at, to, 'asc')}),
    calls as (select trace_id, sum(cost_usd) as usd, bool_or(cost_usd is null and tokens > 0) as unpriced, sum(tokens) as tokens
      from (select trace_id, cost_usd, input_tokens + output_tokens + cache_read_tokens + cache_write_tokens as tokens from span
        where bot_id = ${botId}::uuid and kind = 'model-call' and trace_id is not null
          -- A turn's calls may come some time after it began.
          and at >= ${from}::timestamptz and at < ${to}::timestamptz + interval '1 hour') as call
      group by 1)
    select turns.at >= ${at}::timestamptz as "isAfter", outcome not in ('ok', 'aborted') as failed,
      duration_ms::float8 as "durationMs",
      case when calls.trace_id is null then case when model_calls = 0 then 0 end
        when not unpriced then coalesce(usd, 0) end::float8 as usd,
      case when calls.trace_id is null then case when model_calls = 0 then 0 end else tokens end::float8 as tokens
    from turns left join calls on calls.trace_id = coalesce(turns.trace_id, turns.id)`.execute(tx);
  const side = (isAfter: boolean) => rows.filter((row) => row.isAfter === isAfter).map(toTurn);
  return { before: side(false), after: side(true) };
}

function toTurn({ usd, tokens, failed, durationMs }: Row): ComparedTurn {
  return { usd: usd ?? undefined, tokens: tokens ?? undefined, failed, durationMs };
}
