import { type Stretch, stretchesOf } from '@clawster/domain/usage/stretch';
import { sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import type { Tx } from '../transaction.ts';
import { exactly } from './place.ts';
import { isSeen } from './seen.ts';
import { beforePlace, eachTurn, hasUsed, selectTurns, type TurnsAsked } from './select-turns.ts';
import type { TurnRow } from './turn.queries.ts';

/** From so many uses in a day on, a page of turns with the tool is found in few of the day's. */
const oftenMin = 500;

/** The latest turns that used a tool. Days without a use are skipped, which usage by day tells: one last used long ago is found as fast as another. */
export async function findByTool(tx: Tx, caller: SignedIn, asked: TurnsAsked & { tool: string }): Promise<TurnRow[]> {
  const range = beforePlace(asked);
  const found: TurnRow[] = [];
  for (const stretch of stretchesOf(await daysUsed(tx, caller, { ...asked, ...range }), oftenMin)) {
    const within = clip(stretch, range);
    if (within.from >= within.to) continue;
    const left = { ...asked, ...within, limit: asked.limit - found.length };
    // Of one bot there are never many turns.
    const byTurns = stretch.often || asked.botId !== undefined;
    found.push(
      ...(await (byTurns
        ? selectTurns(tx, { caller, asked: left, more: hasUsed(asked.tool) })
        : findByUses(tx, caller, left))),
    );
    if (found.length >= asked.limit) break;
  }
  return found;
}

async function daysUsed(tx: Tx, caller: SignedIn, { tool, botId, from, to }: TurnsAsked & { tool: string }) {
  const { rows } = await sql<{ day: string; uses: number }>`
    select usage.day::text as day, sum(usage.count)::float8 as uses from usage_day usage
    where ${isSeen('usage', caller)} and usage.kind = 'tool-call' and usage.name = ${tool}
      and ${botId === undefined ? sql`true` : sql`usage.bot_id = ${botId}::uuid`}
      and usage.day >= (${from}::timestamptz at time zone 'UTC')::date
      -- A turn may go on the day after it began.
      and usage.day <= (${to}::timestamptz at time zone 'UTC')::date + 1
    group by usage.day`.execute(tx);
  return rows;
}

/** The part of a stretch of days that was asked for. */
function clip(days: Stretch, { from, to }: { from: string; to: string }): { from: string; to: string } {
  const [begin, end] = [new Date(days.from).toISOString(), new Date(days.to).toISOString()];
  return { from: begin > from ? begin : from, to: end < to ? end : to };
}

/** By the uses, which are few, and by them the turns, each at most a day before. */
async function findByUses(tx: Tx, caller: SignedIn, asked: TurnsAsked & { tool: string }): Promise<TurnRow[]> {
  const { rows } = await sql<{ traceId: string; at: string }>`
    select tool.trace_id as "traceId", ${exactly(sql`min(tool.at)`)} as at from span tool
    where tool.kind = 'tool-call' and ${isSeen('tool', caller)} and tool.name = ${asked.tool} and tool.trace_id is not null
      and tool.at >= ${asked.from}::timestamptz and tool.at < ${asked.to}::timestamptz + interval '1 day'
    group by tool.trace_id`.execute(tx);
  if (rows.length === 0) return [];
  const used = sql`unnest(${rows.map(({ traceId }) => traceId)}::text[], ${rows.map(({ at }) => at)}::timestamptz[]) as used (trace_id, at)`;
  return selectTurns(tx, {
    caller,
    asked,
    from: eachTurn(used, {
      ...asked,
      is: sql`turn.trace_id = used.trace_id and turn.at <= used.at and turn.at > used.at - interval '1 day'`,
    }),
    more: hasUsed(asked.tool),
  });
}
