import type { SpanText } from '@clawster/contract/trace';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** A span as it goes out, with what is known of its bot and, where that is asked for and kept, with what was said. */
export type StoredSpan = {
  id: string;
  botId: string;
  botName: string | null;
  /** The team the bot is in now. */
  teamName: string | null;
  at: Date;
  kind: string;
  traceId: string | null;
  parentId: string | null;
  session: string | null;
  channel: string;
  person: string | null;
  name: string;
  outcome: string;
  failure: string | null;
  durationMs: number;
  responseId: string | null;
  provider: string | null;
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  costUsd: number | null;
  estimated: boolean;
  text: SpanText | null;
  xid: string;
  number: number;
  /** A call whose conversation may still become known, by which it is told of its trace. */
  waits: boolean;
};

export type SpanCursor = { xid: string; number: number };

/** So many go out together. */
export const batchMax = 500;
/** A call is told its trace by the message OpenClaw used it in, which comes seconds after it; some never are. */
const joinedWithinSeconds = 60;

/** The next spans after a place in the order they were stored in, of those that no other can come before any more. */
export async function nextSpans(
  tx: Tx,
  { workspaceId, after, withText }: { workspaceId: string; after: SpanCursor; withText: boolean },
): Promise<StoredSpan[]> {
  const text = withText
    ? sql`(select text from span_text where span_text.bot_id = span.bot_id and span_id = span.id and span_text.at = span.at limit 1)`
    : sql`null::jsonb`;
  const { rows } = await sql<StoredSpan>`
    select span.id, span.bot_id, bot.name as bot_name, team.name as team_name, span.at, span.kind, trace_id, parent_id, session, channel, person, span.name,
      outcome, failure, duration_ms, response_id, connector.provider, input_tokens, output_tokens, cache_read_tokens,
      cache_write_tokens, cost_usd::float8 as cost_usd, estimated, ${text} as text, stored_xid as xid, stored_number as number,
      span.kind = 'model-call' and trace_id is null and span.at > now() - make_interval(secs => ${joinedWithinSeconds}) as waits
    from (select * from span where ${isAfter(sql`${workspaceId}::uuid`, sql`${after.xid}::xid8, ${after.number}::bigint`)}
      order by stored_xid, stored_number limit ${batchMax}) as span
    left join bot on bot.id = span.bot_id
    left join team_member on team_member.bot_id = span.bot_id
    left join team on team.id = team_member.team_id
    left join connector on connector.id::text = span.connector_id
    order by stored_xid, stored_number`.execute(tx);
  return rows;
}

/** Holds for spans of a workspace that are settled and stored after a place in the order. */
export function isAfter(workspaceId: ReturnType<typeof sql>, place: ReturnType<typeof sql>) {
  return sql<boolean>`workspace_id = ${workspaceId} and stored_number is not null and (stored_xid, stored_number) > (${place})
    and stored_xid < pg_snapshot_xmin(pg_current_snapshot())`;
}
