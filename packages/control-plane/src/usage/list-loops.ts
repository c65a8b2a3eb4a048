import { api } from '@clawster/contract/api';
import { loopLimits, type TurnSteps, whyLoop } from '@clawster/domain/usage/loop';
import { sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import { databaseNow } from '../database-now.ts';
import { query } from '../query.ts';
import { askedRange } from '../trace/asked-range.ts';
import { isSeen } from '../trace/seen.ts';
import { isAround, latestTurnsFirst, takenBy, toTurns, turnColumns, type TurnRow } from '../trace/turn.queries.ts';
import { eachTurn, inSlices, type TurnsAsked } from '../trace/select-turns.ts';
import type { Tx } from '../transaction.ts';

/** So many turns are looked at closely, the latest. */
const suspectsMax = 100;
/** Of failed uses of tools and of large calls, so many are read, the latest. */
const signsMax = 20_000;
const dayMs = 86_400_000;

/** Turns that went in circles, the latest first, each with why that is thought. */
export const listLoops = query(api.traces.loops, async ({ tx, caller }, asked) => {
  const range = askedRange(asked, await databaseNow(tx));
  const during = {
    ...asked,
    from: range.from.toISOString(),
    to: range.to.toISOString(),
    after: undefined,
    limit: suspectsMax,
  };
  const found = await inSlices(during, (slice) => suspects(tx, caller, slice));
  // One that went on over midnight may be found twice.
  const rows = [...new Map(found.map((row) => [`${row.botId} ${row.id}`, row])).values()];
  const steps = await stepsOf(tx, caller, rows);
  const why = new Map(rows.map((row) => [row.id, whyLoop(steps(row))]));
  const circling = rows.filter(({ id }) => why.get(id));
  const taken = await takenBy(tx, caller, circling);
  const turns = await toTurns(tx, caller, { rows: circling, taken, text: () => ({}) });
  const items = turns.map((turn) => {
    const { id: turnId, traceId, botId, botName, at, channel, toolCalls, modelCalls, costUsd } = turn;
    const bot = botName === undefined ? { botId } : { botId, botName };
    return { turnId, traceId, ...bot, at, channel, why: why.get(turnId) ?? '', toolCalls, modelCalls, costUsd };
  });
  return { items };
});

/** Turns by which there is a sign of it: very many uses of tools, the same again and again, one that failed again and again, or large calls. */
async function suspects(tx: Tx, caller: SignedIn, asked: TurnsAsked): Promise<TurnRow[]> {
  const { from, to, botId, channel } = asked;
  const isWithin = (
    table: 'span' | 'turn',
  ) => sql`${isSeen(table, caller)} and ${sql.ref(`${table}.at`)} >= ${from}::timestamptz
    and ${sql.ref(`${table}.at`)} < ${to}::timestamptz
    and ${botId === undefined ? sql`true` : sql`${sql.ref(`${table}.bot_id`)} = ${botId}::uuid`}`;
  const around = {
    from: new Date(Date.parse(from) - dayMs).toISOString(),
    to,
    is: sql`turn.trace_id = suspect.trace_id and turn.bot_id = suspect.bot_id and turn.at <= suspect.at
      and turn.at > suspect.at - interval '1 day'`,
  };
  const { rows } = await sql<TurnRow>`
    with failing as (select bot_id, trace_id, max(at) as at from (select span.bot_id, span.trace_id, span.name, span.at from span
        where span.kind = 'tool-call' and span.outcome <> 'ok' and span.trace_id is not null and ${isWithin('span')}
        order by span.at desc limit ${signsMax}) as span
      group by bot_id, trace_id, name having count(*) >= ${loopLimits.failures}),
    large as (select bot_id, trace_id, max(at) as at from (select span.bot_id, span.trace_id, span.at, span.input_tokens, span.output_tokens
        from span where span.kind = 'model-call' and span.trace_id is not null and span.input_tokens + span.output_tokens >= 20000
          and ${isWithin('span')}
        order by span.at desc limit ${signsMax}) as span
      group by bot_id, trace_id having sum(input_tokens + output_tokens) > ${loopLimits.tokens}),
    busy as (select turn.bot_id, turn.trace_id, turn.at from span turn
      where turn.kind = 'turn' and (turn.data->'toolCalls' >= '20' or turn.data->'repeats' >= '5') and ${isWithin('turn')} order by turn.at desc limit ${suspectsMax}),
    suspect as (select bot_id, trace_id, max(at) as at
      from (select * from failing union all select * from large union all select * from busy) as sign
      group by bot_id, trace_id order by 3 desc limit ${suspectsMax})
    select ${turnColumns} from ${eachTurn(sql`suspect`, around)}
    where ${isSeen('turn', caller)} and ${channel === undefined ? sql`true` : sql`turn.channel = ${channel}`}
    order by ${latestTurnsFirst} limit ${asked.limit}`.execute(tx);
  return rows;
}

type Step = {
  botId: string;
  traceId: string;
  kind: string;
  name: string;
  outcome: string;
  atMs: number;
  tokens: number;
  digest: string | null;
};

/** What each of these turns did, in order. */
async function stepsOf(tx: Tx, caller: SignedIn, turns: readonly TurnRow[]): Promise<(turn: TurnRow) => TurnSteps> {
  if (turns.length === 0) return () => ({ toolCalls: 0, tools: [], calls: [] });
  const { rows } = await sql<Step>`
    select span.bot_id as "botId", span.trace_id as "traceId", span.kind, span.name, span.outcome, span.data->>'digest' as digest,
      extract(epoch from span.at)::float8 * 1000 as "atMs", (span.input_tokens + span.output_tokens)::float8 as tokens
    from span where span.kind in ('tool-call', 'model-call') and span.trace_id = any(${turns.map(({ traceId }) => traceId)}::text[])
      and ${isSeen('span', caller)} and ${isAround(turns)}
    order by span.at, span.id`.execute(tx);
  const steps = Map.groupBy(rows, ({ botId, traceId }) => `${botId} ${traceId}`);
  return ({ botId, traceId, data }) => {
    const own = steps.get(`${botId} ${traceId}`) ?? [];
    return {
      toolCalls: data.toolCalls ?? 0,
      tools: own
        .filter(({ kind }) => kind === 'tool-call')
        .map(({ name, outcome, digest }) => ({ name, failed: outcome !== 'ok', digest: digest ?? undefined })),
      calls: own.filter(({ kind }) => kind === 'model-call'),
    };
  };
}
