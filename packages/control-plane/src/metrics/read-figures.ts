import { sql } from 'kysely';
import { currentPhase } from '../bot/bot.queries.ts';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';
import { type Bounded, boundNames } from './bound-names.ts';

/** Of a bot and a model or tool, or of its turns and a channel, by `name`. Tokens of the cache are apart from the input's. */
export type Usage = {
  kind: string;
  name: string;
  provider: string | null;
  count: number;
  failed: number;
  unpriced: number;
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  costUsd: number;
  durationMs: number;
};
/** How many of a kind took how long, by the buckets of the roll-ups. */
export type Latency = { kind: string; bucket: number; count: number };
export type BotFigures = {
  bot: { id: string; name: string };
  /** Absent of those that are told together. */
  phase?: string;
  usage: Usage[];
  latencies: Latency[];
};
/** What a workspace's bots came to since then, in sums that only grow until they begin anew. */
export type Figures = Bounded & { since: Date; bots: BotFigures[] };

/**
 * What the bots of the transaction's workspace came to since Monday in UTC: so much is read at once in little time, and who
 * reads counters expects them to begin anew. Bots that are gone are left out.
 */
export async function readFigures(tx: Tx, workspaceId: string): Promise<Figures> {
  const bots = await tx
    .selectFrom('bot')
    .leftJoin('link', 'link.botId', 'bot.id')
    .select(['bot.id', 'bot.name', currentPhase.as('phase')])
    .where(isVisible('bot'))
    .where('bot.phase', '<>', 'destroyed')
    .orderBy('bot.createdAt')
    .orderBy('bot.id')
    .execute();
  const since = mondayOf(new Date());
  const { rows } = await rollUps(workspaceId, since).execute(tx);
  return { since, ...boundNames(bots, rows) };
}

export type Row = (Usage | (Latency & { name: '' })) & { botId: string; firstDay: string };

const dayMs = 24 * 60 * 60 * 1_000;

function mondayOf(now: Date): Date {
  const today = new Date(now.toISOString().slice(0, 10));
  return new Date(today.getTime() - ((today.getUTCDay() + 6) % 7) * dayMs);
}

/** In one statement. A call's channel becomes known after it, and moves: only what stays where it is makes a counter. */
function rollUps(workspaceId: string, since: Date) {
  const isSince = sql`day >= ${since.toISOString().slice(0, 10)}::date`;
  return sql<Row>`
    select bot_id, day.kind, case when day.kind = 'turn' then channel else day.name end as name, connector.provider, null::int as bucket,
      min(day)::text as first_day, sum(count)::float8 as count, sum(failed)::float8 as failed, sum(unpriced)::float8 as unpriced,
      sum(input_tokens)::float8 as input_tokens, sum(output_tokens)::float8 as output_tokens,
      sum(cache_read_tokens)::float8 as cache_read_tokens, sum(cache_write_tokens)::float8 as cache_write_tokens,
      sum(cost_usd)::float8 as cost_usd, sum(duration_ms)::float8 as duration_ms
    from usage_day as day left join connector on connector.id::text = day.connector_id
    where day.workspace_id = ${workspaceId}::uuid and day.kind in ('turn', 'model-call', 'tool-call') and ${isSince}
    group by 1, 2, 3, 4
    union all
    select bot_id, kind, '', null, bucket, min(day)::text, sum(count)::float8, 0, 0, 0, 0, 0, 0, 0, 0
    from latency_day
    where workspace_id = ${workspaceId}::uuid and kind in ('turn', 'model-call', 'tool-call') and ${isSince}
    group by 1, 2, 5`;
}
