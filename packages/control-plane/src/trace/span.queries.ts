import type { Span } from '@clawster/contract/trace';
import { type CountedCall, differencesOf } from '@clawster/domain/usage/difference';
import { type RawBuilder, sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import type { Tx } from '../transaction.ts';
import { botNames } from './bot-names.ts';
import { exactly } from './place.ts';
import { readTexts } from './read-texts.ts';
import { isSeen } from './seen.ts';
import { personNames, type Taken } from './turn.queries.ts';

/** A span as it is stored; `model-message` is OpenClaw's count of a call, and is told as what differs in that. */
type SpanRow = Omit<Span, 'kind' | 'botName' | 'parentId' | 'failure' | 'person' | 'costUsd' | 'unpriced'> & {
  kind: Span['kind'] | 'model-message';
  traceId: string;
  parentId: string | null;
  failure: string | null;
  session: string | null;
  person: string | null;
  responseId: string | null;
  costUsd: number | null;
  data: Record<string, unknown>;
};

/** A span with what those need who sort and sum many: its trace, and whether it is a call the model gateway counted. */
export type TracedSpan = { traceId: string; isCall: boolean; session?: string; span: Span };

const columns = sql`span.bot_id as "botId", span.id, ${exactly(sql`span.at`)} as at, span.kind, span.trace_id as "traceId",
  span.parent_id as "parentId", span.session, span.channel, span.person, span.name, span.outcome, span.failure,
  span.duration_ms as "durationMs", span.response_id as "responseId", span.input_tokens as "inputTokens",
  span.output_tokens as "outputTokens", span.cache_read_tokens as "cacheReadTokens", span.cache_write_tokens as "cacheWriteTokens",
  span.cost_usd::float8 as "costUsd", span.estimated, span.data`;
const kinds = sql.raw(
  `('message-in', 'turn', 'model-call', 'tool-call', 'delegation', 'message-out', 'model-message')`,
);

/** At most so many are told of a trace, or of a page of turns. */
export const spansMax = 2_000;

/** The spans of traces in the order they began, with what OpenClaw counted otherwise; and how many there are beyond. */
export async function readSpans(
  tx: Tx,
  caller: SignedIn,
  { where, charactersMax }: { where: RawBuilder<unknown>; charactersMax: number },
): Promise<{ spans: TracedSpan[]; more: number }> {
  const { rows } = await sql<SpanRow & { all: number }>`
    select ${columns}, count(*) over () as "all" from span
    where span.kind in ${kinds} and ${isSeen('span', caller)} and ${where}
    order by span.at, span.bot_id, span.id limit ${2 * spansMax}`.execute(tx);
  const checked = checkCounts(rows);
  const shown = checked.slice(0, spansMax);
  const [bot, person, text] = await Promise.all([
    botNames(
      tx,
      caller,
      shown.map(({ row }) => row.botId),
    ),
    personNames(
      tx,
      caller,
      shown.map(({ row }) => row),
    ),
    readTexts(tx, caller, { spans: shown.map(({ row }) => row), charactersMax }),
  ]);
  const spans = shown.map(({ row, difference }) => ({
    traceId: row.traceId,
    isCall: row.kind === 'model-call',
    ...(row.session === null ? {} : { session: row.session }),
    span: { ...plainOf(row), ...bot(row.botId), ...person(row), ...text(row), ...(difference ? { difference } : {}) },
  }));
  return { spans, more: checked.length - shown.length + (rows[0]?.all ?? 0) - rows.length };
}

/** What the model gateway counted of these spans; what never passed it is told beside, not added. */
export function sumOf(spans: readonly TracedSpan[]): Taken {
  const calls = spans.filter(({ isCall }) => isCall);
  const sum = (of: (span: Span) => number) => calls.reduce((total, { span }) => total + of(span), 0);
  return {
    inputTokens: sum(({ inputTokens }) => inputTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
    cacheReadTokens: sum(({ cacheReadTokens }) => cacheReadTokens),
    cacheWriteTokens: sum(({ cacheWriteTokens }) => cacheWriteTokens),
    costUsd: sum(({ costUsd }) => costUsd ?? 0),
    unpriced: sum(({ unpriced }) => unpriced),
  };
}

type Checked = { row: SpanRow; difference?: Span['difference'] };

/** OpenClaw's counts go into the calls they are of; one without a call stands for it. */
function checkCounts(rows: SpanRow[]): Checked[] {
  const calls = rows.filter(({ kind }) => kind === 'model-call');
  const messages = rows.filter(({ kind, outcome }) => kind === 'model-message' && outcome === 'ok');
  const { ofCalls, unseen } = differencesOf(
    calls.map(countedOf),
    messages.map((row) => ({ ...countedOf(row), row })),
  );
  const differences = new Map(calls.map((row, index) => [row, ofCalls[index]]));
  const strangers = new Map(unseen.map(({ message, difference }) => [message.row, difference]));
  return rows.flatMap((row) => {
    if (row.kind !== 'model-message') return [{ row, difference: differences.get(row) }];
    const difference = strangers.get(row);
    return difference ? [{ row, difference }] : [];
  });
}

function countedOf({ botId, responseId, at, inputTokens, outputTokens }: SpanRow): CountedCall {
  return { botId, responseId: responseId ?? undefined, at, inputTokens, outputTokens };
}

function plainOf({ kind, parentId, failure, costUsd, data, ...row }: SpanRow): Span {
  const { botId, id, at, durationMs, outcome, channel, name, estimated } = row;
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = row;
  const tokens = { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens };
  const took = Object.values(tokens).some((count) => count > 0);
  return {
    botId,
    id,
    at,
    durationMs,
    outcome,
    channel,
    name,
    estimated,
    ...tokens,
    kind: kind === 'model-message' ? 'model-call' : kind,
    unpriced: kind === 'model-call' && took && costUsd === null ? 1 : 0,
    ...(parentId === null ? {} : { parentId }),
    ...(failure === null ? {} : { failure }),
    ...(costUsd === null ? {} : { costUsd }),
    ...(kind === 'model-call' ? callOf(data) : charactersOf(data)),
  };
}

/** What only the model gateway knows of a call; another version of the supervisor may say less. */
function callOf({ priceVersion, provider, ttfbMs, tries }: Record<string, unknown>) {
  return {
    ...(typeof priceVersion === 'string' ? { priceVersion } : {}),
    ...(typeof provider === 'string' ? { provider } : {}),
    ...(typeof ttfbMs === 'number' ? { ttfbMs } : {}),
    ...(typeof tries === 'number' ? { tries } : {}),
  };
}

/** Of a tool both of its arguments and its answer are counted, of a message itself. */
function charactersOf({ characters }: Record<string, unknown>): Pick<Span, 'characters'> {
  if (typeof characters === 'number') return { characters: { in: characters } };
  return typeof characters === 'object' && characters !== null ? { characters } : {};
}
