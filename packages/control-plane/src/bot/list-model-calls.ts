import { api } from '@clawster/contract/api';
import { ModelCall, ModelTotal } from '@clawster/contract/model';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { z } from 'zod';
import { query } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { getBot } from './bot.queries.ts';

/** A bot's calls to models, the newest first, each with where OpenClaw used its answer; and what they come to. */
export const listModelCalls = query(api.bots.modelCalls, async ({ tx }, { botId, since, cursor, limit }) => {
  await getBot(tx, botId);
  const after = cursor === undefined ? undefined : readPlace(cursor);
  const calls = await selectCalls(tx, { botId, since, after, limit: limit + 1 });
  const totals = await selectTotals(tx, { botId, since });
  const items = calls.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(({ data, ...joined }) => callOf(data, joined)),
    total: totals.reduce((sum, { calls: count }) => sum + count, 0),
    totals,
    ...(calls.length > limit && last ? { nextCursor: writePlace(last) } : {}),
  };
});

/** Where a call lies among its bot's: a supervisor's numbers rise within an epoch, and epochs rise. */
const Place = z.tuple([z.string().regex(/^\d{1,19}$/), z.string().regex(/^\d{1,19}$/)]);
type Place = z.infer<typeof Place>;

function writePlace({ epoch, sequence }: { epoch: string; sequence: string }): string {
  return Buffer.from(JSON.stringify([epoch, sequence])).toString('base64url');
}

function readPlace(cursor: string): Place {
  try {
    return Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new Refusal('invalid', 'The cursor is not one of ours: start again without it');
  }
}

type Joined = { sessionKey: string | null; runId: string | null; channel: string | null };
type Row = Joined & { epoch: string; sequence: string; data: unknown };

async function selectCalls(
  tx: Tx,
  {
    botId,
    since,
    after,
    limit,
  }: { botId: string; since?: string | undefined; after: Place | undefined; limit: number },
): Promise<Row[]> {
  const beyond = after ? sql`(epoch, sequence) < (${after[0]}::bigint, ${after[1]}::bigint)` : sql`true`;
  const { rows } = await sql<Row>`
    select epoch::text as epoch, sequence::text as sequence, data, session as "sessionKey", trace_id as "runId",
      nullif(channel, '') as channel
    from span where bot_id = ${botId} and kind = 'model-call' and ${isSince(since)} and ${beyond}
    order by epoch desc, sequence desc limit ${limit}`.execute(tx);
  return rows;
}

function isSince(since: string | undefined) {
  return since === undefined ? sql`true` : sql`at >= ${since}::timestamptz`;
}

/** What another version of the supervisor kept may say less. */
const Kept = ModelCall.partial({ outcome: true, tries: true, id: true, startedAt: true });

function callOf(data: unknown, { sessionKey, runId, channel }: Joined): ModelCall {
  const kept = Kept.parse(data);
  const joined = { sessionKey: sessionKey ?? undefined, runId: runId ?? undefined, channel: channel ?? undefined };
  return { id: '', startedAt: '', outcome: 'answered', tries: 1, ...kept, ...joined };
}

async function selectTotals(tx: Tx, { botId, since }: { botId: string; since?: string | undefined }) {
  const { rows } = await sql`
    select name as model, count(*)::int as calls,
      (count(*) filter (where outcome in ('failed', 'refused')))::int as failed,
      (count(*) filter (where estimated))::int as estimated,
      (count(*) filter (where cost_usd is null and (data ? 'usage' or data ? 'estimated')))::int as unpriced,
      coalesce(sum(cost_usd), 0)::float8 as "costUsd",
      sum(input_tokens)::float8 as "inputTokens", sum(output_tokens)::float8 as "outputTokens",
      sum(cache_read_tokens)::float8 as "cacheReadTokens", sum(cache_write_tokens)::float8 as "cacheWriteTokens",
      coalesce(sum((coalesce(data->'usage', data->'estimated')->>'reasoningTokens')::bigint), 0)::float8 as "reasoningTokens"
    from span where bot_id = ${botId} and kind = 'model-call' and ${isSince(since)}
    group by name order by 1`.execute(tx);
  return ModelTotal.array().parse(rows);
}
