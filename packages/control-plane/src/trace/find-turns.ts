import type { ListTurns } from '@clawster/contract/trace';
import { type Stretch, stretchesOf } from '@clawster/domain/usage/stretch';
import { type RawBuilder, sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import type { Tx } from '../transaction.ts';
import type { Place } from './place.ts';
import { isReadable, isSeen } from './seen.ts';
import { latestTurnsFirst, turnColumns, type TurnRow } from './turn.queries.ts';

/** Which turns, from when to when, after which, and how many at most. */
export type TurnsAsked = Pick<ListTurns, 'botId' | 'channel' | 'session' | 'tool' | 'outcome' | 'search'> & {
  from: string;
  to: string;
  after: Place | undefined;
  limit: number;
};

/** The latest turns that fit, latest first. */
export async function findTurns(tx: Tx, caller: SignedIn, asked: TurnsAsked): Promise<TurnRow[]> {
  if (asked.search) return findByWords(tx, caller, { ...asked, search: asked.search });
  if (asked.tool !== undefined) return findByTool(tx, caller, { ...asked, tool: asked.tool });
  return select(tx, { caller, asked, more: sql`true` });
}

type Selection = { caller: SignedIn; asked: TurnsAsked; more: RawBuilder<unknown>; from?: RawBuilder<unknown> };

async function select(tx: Tx, { caller, asked, more, from = sql`span turn` }: Selection): Promise<TurnRow[]> {
  const { rows } = await sql<TurnRow>`
    select ${turnColumns} from ${from} where ${isAsked(caller, asked)} and ${more}
    order by ${latestTurnsFirst} limit ${asked.limit}`.execute(tx);
  return rows;
}

function isAsked(
  caller: SignedIn,
  { botId, channel, session, outcome, from, to, after }: TurnsAsked,
): RawBuilder<unknown> {
  const conditions = [
    sql`turn.kind = 'turn' and ${isSeen('turn', caller)} and turn.at >= ${from}::timestamptz and turn.at < ${to}::timestamptz`,
    botId === undefined ? [] : sql`turn.bot_id = ${botId}::uuid`,
    channel === undefined ? [] : sql`turn.channel = ${channel}`,
    session === undefined ? [] : sql`turn.session = ${session}`,
    // Said twice, since only then the index of what failed is used.
    outcome === undefined || outcome === 'ok' ? [] : sql`turn.outcome <> 'ok'`,
    outcome === undefined || outcome === 'not-ok' ? [] : sql`turn.outcome = ${outcome}`,
    after === undefined ? [] : isAfter(after),
  ];
  return sql.join(conditions.flat(), sql` and `);
}

function isAfter({ at, botId, id }: Place): RawBuilder<unknown> {
  return sql`turn.at <= ${at}::timestamptz and (turn.at, turn.bot_id, turn.id) < (${at}::timestamptz, ${botId}::uuid, ${id}::text)`;
}

/** From so many uses in a day on, a page of turns with the tool is found in few of the day's. */
const oftenMin = 2_000;

/** Days without a use are skipped, which usage by day tells; so a tool last used long ago is found as fast as another. */
async function findByTool(tx: Tx, caller: SignedIn, asked: TurnsAsked & { tool: string }): Promise<TurnRow[]> {
  const found: TurnRow[] = [];
  for (const stretch of stretchesOf(await daysUsed(tx, caller, asked), oftenMin)) {
    const within = clip(stretch, asked);
    if (within.from >= within.to) continue;
    const left = { ...asked, ...within, limit: asked.limit - found.length };
    const more = stretch.often ? hasUsed(asked.tool) : hasUse(caller, left);
    found.push(...(await select(tx, { caller, asked: left, more })));
    if (found.length >= asked.limit) break;
  }
  return found;
}

async function daysUsed(tx: Tx, caller: SignedIn, { tool, botId, ...asked }: TurnsAsked & { tool: string }) {
  const until = asked.after && asked.after.at < asked.to ? asked.after.at : asked.to;
  const { rows } = await sql<{ day: string; uses: number }>`
    select usage.day::text as day, sum(usage.count)::float8 as uses from usage_day usage
    where ${isSeen('usage', caller)} and usage.kind = 'tool-call' and usage.name = ${tool}
      and ${botId === undefined ? sql`true` : sql`usage.bot_id = ${botId}::uuid`}
      and usage.day >= (${asked.from}::timestamptz at time zone 'UTC')::date
      -- A turn may go on the day after it began.
      and usage.day <= (${until}::timestamptz at time zone 'UTC')::date + 1
    group by usage.day`.execute(tx);
  return rows;
}

/** The part of a stretch of days that was asked for. */
function clip(days: Stretch, { from, to }: TurnsAsked): { from: string; to: string } {
  const [begin, end] = [new Date(days.from).toISOString(), new Date(days.to).toISOString()];
  return { from: begin > from ? begin : from, to: end < to ? end : to };
}

function hasUse(caller: SignedIn, { tool, from, to }: { tool: string; from: string; to: string }): RawBuilder<unknown> {
  return sql`turn.trace_id in (select tool.trace_id from span tool where tool.kind = 'tool-call' and ${isSeen('tool', caller)}
    and tool.name = ${tool} and tool.at >= ${from}::timestamptz and tool.at < ${to}::timestamptz + interval '1 day')
    and ${hasUsed(tool)}`;
}

function hasUsed(tool: string): RawBuilder<unknown> {
  return sql`turn.data->'tools' ? ${tool}`;
}

/** The words are told to the wall too (0030-span-queries.sql), so that their index is used. */
async function findByWords(tx: Tx, caller: SignedIn, asked: TurnsAsked & { search: string }): Promise<TurnRow[]> {
  const { search, tool, from, to, after } = asked;
  await sql`select set_config('clawster.words', ${search}, true)`.execute(tx);
  const rows = await select(tx, {
    caller,
    asked,
    from: sql`span_text text join span turn on turn.bot_id = text.bot_id and turn.id = text.span_id and turn.at = text.at`,
    more: sql`${isReadable(caller)} and text.words @@ websearch_to_tsquery('simple', ${search})
      and text.at >= ${from}::timestamptz and text.at < ${to}::timestamptz
      and ${after ? sql`text.at <= ${after.at}::timestamptz` : sql`true`}
      and ${tool === undefined ? sql`true` : hasUsed(tool)}`,
  });
  await sql`select set_config('clawster.words', '', true)`.execute(tx);
  return rows;
}
