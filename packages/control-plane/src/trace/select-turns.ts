import type { ListTurns } from '@clawster/contract/trace';
import { slicesOf } from '@clawster/domain/usage/slice';
import { type RawBuilder, sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import type { Tx } from '../transaction.ts';
import type { Place } from './place.ts';
import { isSeen } from './seen.ts';
import { latestTurnsFirst, turnColumns, type TurnRow } from './turn.queries.ts';

/** Which turns, from when to when, after which, and how many at most. */
export type TurnsAsked = Pick<ListTurns, 'botId' | 'channel' | 'session' | 'tool' | 'outcome' | 'search'> & {
  from: string;
  to: string;
  after: Place | undefined;
  limit: number;
};

/** Looks through the latest days first, until enough is found: to plan for very many partitions takes longer than to ask few. */
export async function inSlices<Asked extends TurnsAsked>(
  asked: Asked,
  find: (slice: Asked) => Promise<TurnRow[]>,
): Promise<TurnRow[]> {
  const found: TurnRow[] = [];
  for (const slice of slicesOf(beforePlace(asked))) {
    found.push(...(await find({ ...asked, ...slice, limit: asked.limit - found.length })));
    if (found.length >= asked.limit) break;
  }
  return found;
}

/** The part of the range that is not behind the place already. */
export function beforePlace({ from, to, after }: TurnsAsked): { from: string; to: string } {
  if (!after || after.at >= to) return { from, to };
  return { from, to: new Date(Date.parse(after.at) + 1).toISOString() };
}

type Selection = { caller: SignedIn; asked: TurnsAsked; more?: RawBuilder<unknown>; from?: RawBuilder<unknown> };

/** The latest turns of `from` that fit in one look, latest first. */
export async function selectTurns(
  tx: Tx,
  { caller, asked, more = sql`true`, from = sql`span turn` }: Selection,
): Promise<TurnRow[]> {
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

/** Holds for turns that used the tool. */
export function hasUsed(tool: string): RawBuilder<unknown> {
  return sql`turn.data->'tools' ? ${tool}`;
}

/**
 * The turns of each row of `keys`, looked up one after the other by an index: whatever the planner thinks of their number, not
 * all turns of the time are read for them.
 */
export function eachTurn(
  keys: RawBuilder<unknown>,
  { from, to, is }: { from: string; to: string; is: RawBuilder<unknown> },
): RawBuilder<unknown> {
  return sql`${keys} cross join lateral (select turn.* from span turn
    where turn.kind = 'turn' and ${is} and turn.at >= ${from}::timestamptz and turn.at < ${to}::timestamptz offset 0) as turn`;
}
