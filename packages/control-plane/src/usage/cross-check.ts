import { api } from '@clawster/contract/api';
import type { CrossCheck } from '@clawster/contract/trace';
import { sql } from 'kysely';
import { query } from '../query.ts';
import { botNames } from '../trace/bot-names.ts';
import { isSeen } from '../trace/seen.ts';
import type { Tx } from '../transaction.ts';
import { type Counted, rangeAsked, usageOf } from './counted.ts';

/** What the model gateway counted of calls whose answers were used, against what OpenClaw says it used; of each bot. */
export const crossCheck = query(api.traces.crossCheck, async ({ tx, caller }, { botId, channel, ...asked }) => {
  const range = await rangeAsked(tx, asked);
  const counted = { caller, range, botId, channel, kinds: ['model-call', 'model-message'] };
  const sums = await bothSums(tx, counted);
  const unmatched = await unmatchedOf(tx, counted);
  const dropped = await droppedOf(tx, counted);
  const botIds = [...new Set([...sums.map((row) => row.botId), ...dropped.keys()])];
  const bot = await botNames(tx, caller, botIds);
  const items = botIds.map((id): CrossCheck => {
    const side = (kind: string) =>
      without(
        sums.find((row) => row.botId === id && row.kind === kind),
        unmatched.filter((row) => row.botId === id && row.kind === kind),
      );
    const [gateway, openclaw] = [side('model-call'), side('model-message')];
    const unused = sumOf(unmatched.filter((row) => row.botId === id && row.kind === 'model-call' && row.answered));
    // Each matched call has one answer, and each answer at most one call.
    const unseen = Math.max(0, openclaw.calls - gateway.calls);
    return { ...bot(id), gateway, openclaw, unused: unused.calls, unseen, dropped: dropped.get(id) ?? 0 };
  });
  return {
    from: range.from,
    to: range.to,
    items: items.toSorted((one, other) => other.gateway.calls - one.gateway.calls),
  };
});

type Side = CrossCheck['gateway'];
type Sum = Side & { botId: string; kind: string };

async function bothSums(tx: Tx, counted: Counted): Promise<Sum[]> {
  const { rows } = await sql<Sum>`
    select usage.bot_id as "botId", usage.kind, sum(usage.count)::float8 as calls, sum(usage.input_tokens)::float8 as "inputTokens",
      sum(usage.output_tokens)::float8 as "outputTokens"
    from (${usageOf(counted)}) as usage group by 1, 2`.execute(tx);
  return rows;
}

/** What has no other side: failed, or answered calls whose answer OpenClaw never said it used. They are few, and an index has them. */
async function unmatchedOf(tx: Tx, { caller, range, botId, channel }: Counted) {
  const { rows } = await sql<Sum & { answered: boolean }>`
    select span.bot_id as "botId", span.kind, span.outcome = 'ok' as answered, count(*)::int as calls,
      sum(span.input_tokens)::float8 as "inputTokens", sum(span.output_tokens)::float8 as "outputTokens"
    from span where ${isSeen('span', caller)} and span.at >= ${range.from}::timestamptz and span.at < ${range.to}::timestamptz
      and span.kind in ('model-call', 'model-message')
      and (span.outcome <> 'ok' or span.kind = 'model-call' and span.trace_id is null)
      and ${botId === undefined ? sql`true` : sql`span.bot_id = ${botId}::uuid`}
      and ${channel === undefined ? sql`true` : sql`span.channel = ${channel}`}
    group by 1, 2, 3`.execute(tx);
  return rows;
}

async function droppedOf(tx: Tx, { caller, range, botId }: Counted): Promise<Map<string, number>> {
  const { rows } = await sql<{ botId: string; dropped: number }>`
    select gap.bot_id as "botId", sum(gap.dropped)::float8 as dropped from telemetry_gap gap
    where ${isSeen('gap', caller)} and gap.at >= ${range.from}::timestamptz and gap.at < ${range.to}::timestamptz
      and ${botId === undefined ? sql`true` : sql`gap.bot_id = ${botId}::uuid`}
    group by 1`.execute(tx);
  return new Map(rows.map((row) => [row.botId, row.dropped]));
}

function sumOf(sides: readonly Side[]): Side {
  const sum = (of: (side: Side) => number) => sides.reduce((total, side) => total + of(side), 0);
  return {
    calls: sum(({ calls }) => calls),
    inputTokens: sum(({ inputTokens }) => inputTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
  };
}

function without(all: Side | undefined, some: readonly Side[]): Side {
  const less = sumOf(some);
  return {
    calls: (all?.calls ?? 0) - less.calls,
    inputTokens: (all?.inputTokens ?? 0) - less.inputTokens,
    outputTokens: (all?.outputTokens ?? 0) - less.outputTokens,
  };
}
