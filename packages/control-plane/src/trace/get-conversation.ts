import { api } from '@clawster/contract/api';
import type { ConversationTurn } from '@clawster/contract/trace';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import { cutPage } from '../page.ts';
import { query } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { selectConversations, toConversations } from './conversation.queries.ts';
import { findTurns } from './find-turns.ts';
import { cursorOf, placeOf } from './place.ts';
import { readSpans, sumOf } from './span.queries.ts';
import { isAround, takenBy, toTurns, type TurnRow } from './turn.queries.ts';

const charactersMax = 20_000;

/** One conversation, the latest turns first, each with what happened in it. */
export const getConversation = query(
  api.traces.conversation,
  async ({ tx, caller }, { botId, session, cursor, limit }) => {
    const after = placeOf(cursor);
    const where = sql`bot_id = ${botId}::uuid and session = ${session}`;
    const found = await selectConversations(tx, caller, { where, limit: 1 });
    const [conversation] = await toConversations(tx, caller, found);
    if (!conversation) throw new Refusal('not-found', 'There is no such conversation with this bot among what you see');
    const { firstAt: from, lastAt } = conversation;
    const to = new Date(Date.parse(lastAt) + 1).toISOString();
    const rows = await findTurns(tx, caller, { botId, session, from, to, after, limit: limit + 1 });
    const cut = cutPage(rows, limit, cursorOf);
    return { conversation, items: await withSpans(tx, caller, cut.rows), ...cut.next };
  },
);

/** Turns of one bot with what happened in each; by that the turns themselves are told too, where it is all. */
async function withSpans(tx: Tx, caller: SignedIn, rows: TurnRow[]): Promise<ConversationTurn[]> {
  const [first] = rows;
  if (!first) return [];
  const where = sql`span.trace_id = any(${rows.map(({ traceId }) => traceId)}::text[])
    and span.bot_id = ${first.botId}::uuid and ${isAround(rows)}`;
  const { spans: all, more } = await readSpans(tx, caller, { where, charactersMax });
  const traces = Map.groupBy(all, ({ traceId }) => traceId);
  const texts = new Map(all.map(({ span: { id, text } }) => [id, text && { text }]));
  const turns = await toTurns(tx, caller, {
    rows,
    taken: more > 0 ? await takenBy(tx, caller, rows) : ({ traceId }) => sumOf(traces.get(traceId) ?? []),
    text: ({ id }) => texts.get(id) ?? {},
  });
  return turns.map((turn) => {
    const spans = (traces.get(turn.traceId) ?? []).map(({ span }) => span).filter(({ kind }) => kind !== 'turn');
    return { ...turn, spans };
  });
}
