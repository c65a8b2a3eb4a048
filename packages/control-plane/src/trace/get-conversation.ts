import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import { cutPage } from '../page.ts';
import { query } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { selectConversations, toConversations } from './conversation.queries.ts';
import { findTurns } from './find-turns.ts';
import { cursorOf, placeOf } from './place.ts';
import { readSpans } from './span.queries.ts';
import { isAround, toTurns, type TurnRow } from './turn.queries.ts';

const charactersMax = 20_000;

/** One conversation, the latest turns first, each with what happened in it. */
export const getConversation = query(
  api.traces.conversation,
  async ({ tx, caller }, { botId, session, cursor, limit }) => {
    const after = placeOf(cursor);
    const where = sql`bot_id = ${botId}::uuid and session = ${session}`;
    const [row] = await selectConversations(tx, caller, { where, limit: 1 });
    if (!row) throw new Refusal('not-found', 'There is no such conversation with this bot among what you see');
    const { firstAt: from, lastAt } = row;
    const to = new Date(Date.parse(lastAt) + 1).toISOString();
    const rows = await findTurns(tx, caller, { botId, session, from, to, after, limit: limit + 1 });
    const cut = cutPage(rows, limit, cursorOf);
    const turns = await toTurns(tx, caller, { rows: cut.rows, charactersMax });
    const spans = await spansOf(tx, caller, cut.rows);
    const [conversation] = await toConversations(tx, caller, [row]);
    if (!conversation) throw new Error('A conversation that was read is told');
    return {
      conversation,
      items: turns.map((turn) => ({ ...turn, spans: spans.get(turn.traceId) ?? [] })),
      ...cut.next,
    };
  },
);

/** What happened in each of these turns of one bot, by trace. */
async function spansOf(tx: Tx, caller: SignedIn, turns: TurnRow[]) {
  if (turns.length === 0) return new Map<string, never[]>();
  const where = sql`span.trace_id = any(${turns.map(({ traceId }) => traceId)}::text[]) and span.bot_id = ${turns[0]?.botId}::uuid
    and span.kind <> 'turn' and ${isAround(turns)}`;
  const { spans } = await readSpans(tx, caller, { where, charactersMax });
  const grouped = Map.groupBy(spans, ({ traceId }) => traceId);
  return new Map([...grouped].map(([traceId, all]) => [traceId, all.map(({ span }) => span)]));
}
