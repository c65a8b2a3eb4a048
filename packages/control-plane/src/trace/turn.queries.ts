import type { Turn } from '@clawster/contract/trace';
import { type RawBuilder, sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import type { Tx } from '../transaction.ts';
import { botNames } from './bot-names.ts';
import { exactly } from './place.ts';
import type { Texts } from './read-texts.ts';
import { isSeen } from './seen.ts';

/** A turn as it is stored, with when exactly it was, since pages are cut there. */
export type TurnRow = {
  id: string;
  traceId: string;
  botId: string;
  at: string;
  durationMs: number;
  outcome: Turn['outcome'];
  failure: string | null;
  session: string | null;
  channel: string;
  person: string | null;
  data: { tools?: string[]; toolCalls?: number; modelCalls?: number };
};

export const turnColumns = sql`turn.id, coalesce(turn.trace_id, turn.id) as "traceId", turn.bot_id as "botId",
  ${exactly(sql`turn.at`)} as at, turn.duration_ms as "durationMs", turn.outcome, turn.failure, turn.session, turn.channel,
  turn.person, turn.data`;

/** The latest first, in the one order that pages are cut in. */
export const latestTurnsFirst = sql`turn.at desc, turn.bot_id desc, turn.id desc`;

/** What belongs to turns and is looked up elsewhere. */
type Beside = { taken: (turn: TurnRow) => Taken; text: Texts };

/** Turns as they are told: each with its bot's name, the person's, what its calls took, and what was said. */
export async function toTurns(
  tx: Tx,
  caller: SignedIn,
  { rows, taken, text }: { rows: TurnRow[] } & Beside,
): Promise<Turn[]> {
  if (rows.length === 0) return [];
  const [bot, person] = await Promise.all([
    botNames(
      tx,
      caller,
      rows.map(({ botId }) => botId),
    ),
    personNames(tx, caller, rows),
  ]);
  return rows.map((row) => ({ ...plainOf(row), ...bot(row.botId), ...person(row), ...taken(row), ...text(row) }));
}

function plainOf({ failure, session, data, ...row }: TurnRow) {
  const { id, traceId, at, durationMs, outcome, channel } = row;
  return {
    id,
    traceId,
    at,
    durationMs,
    outcome,
    channel,
    ...(failure === null ? {} : { failure }),
    ...(session === null ? {} : { session }),
    tools: data.tools ?? [],
    toolCalls: data.toolCalls ?? 0,
    modelCalls: data.modelCalls ?? 0,
  };
}

type Met = { botId: string; session: string | null; person: string | null };

/** The people of spans, by name where the workspace lets names be kept. */
export async function personNames(tx: Tx, caller: SignedIn, spans: readonly Met[]) {
  const found = spans.filter(({ session, person }) => session !== null && person !== null);
  const met = [...new Map(found.map((one) => [`${one.botId} ${one.session}`, one])).values()];
  const { rows } = await sql<{ botId: string; session: string; person: string; name: string }>`
    select met.bot_id as "botId", met.session, known.person, known.person_name as name
    from unnest(${met.map(({ botId }) => botId)}::uuid[], ${met.map(({ session }) => session)}::text[]) as met (bot_id, session)
    cross join lateral (select person, person_name from conversation
      where conversation.bot_id = met.bot_id and conversation.session = met.session and person is not null and person_name is not null
        and ${isSeen('conversation', caller)} limit 1) as known`.execute(tx);
  // Of several people in one conversation the name of the last is known.
  const names = new Map(rows.map(({ botId, session, person, name }) => [`${botId} ${person} ${session}`, name]));
  return ({ botId, session, person }: Met): { person?: { id: string; name?: string } } => {
    if (person === null) return {};
    const name = names.get(`${botId} ${person} ${session}`);
    return { person: name === undefined ? { id: person } : { id: person, name } };
  };
}

/** What model calls took, as the model gateway counted it. */
export type Taken = Pick<
  Turn,
  'inputTokens' | 'outputTokens' | 'cacheReadTokens' | 'cacheWriteTokens' | 'costUsd' | 'unpriced'
>;
const nothing: Taken = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  costUsd: 0,
  unpriced: 0,
};

/** What the calls of each turn took. */
export async function takenBy(tx: Tx, caller: SignedIn, turns: readonly TurnRow[]): Promise<Beside['taken']> {
  if (turns.length === 0) return () => nothing;
  const { rows } = await sql<Taken & { botId: string; traceId: string }>`
    select span.bot_id as "botId", span.trace_id as "traceId", sum(span.input_tokens)::float8 as "inputTokens",
      sum(span.output_tokens)::float8 as "outputTokens", sum(span.cache_read_tokens)::float8 as "cacheReadTokens",
      sum(span.cache_write_tokens)::float8 as "cacheWriteTokens", coalesce(sum(span.cost_usd), 0)::float8 as "costUsd",
      (count(*) filter (where span.cost_usd is null and span.input_tokens + span.output_tokens + span.cache_read_tokens
        + span.cache_write_tokens > 0))::int as unpriced
    from span where span.kind = 'model-call' and span.trace_id = any(${turns.map(({ traceId }) => traceId)}::text[])
      and ${isSeen('span', caller)} and ${isAround(turns)}
    group by span.bot_id, span.trace_id`.execute(tx);
  const taken = new Map(rows.map(({ botId, traceId, ...sums }) => [`${botId} ${traceId}`, sums]));
  return ({ botId, traceId }) => taken.get(`${botId} ${traceId}`) ?? nothing;
}

/** Holds for spans of the days of these turns: the clock of a bot's host may be a day wrong. */
export function isAround(turns: readonly { at: string; durationMs: number }[]): RawBuilder<boolean> {
  const beginMs = Math.min(...turns.map(({ at }) => Date.parse(at)));
  const endMs = Math.max(...turns.map(({ at, durationMs }) => Date.parse(at) + durationMs));
  const [begin, end] = [new Date(beginMs - dayMs), new Date(endMs + dayMs)];
  return sql<boolean>`span.at >= ${begin.toISOString()}::timestamptz and span.at < ${end.toISOString()}::timestamptz`;
}
const dayMs = 86_400_000;
