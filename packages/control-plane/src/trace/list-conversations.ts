import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { cutPage } from '../page.ts';
import { query } from '../query.ts';
import { selectConversations, toConversations } from './conversation.queries.ts';
import { cursorOf, type Place, placeOf } from './place.ts';

/** Conversations, those last heard of first; one that is heard of meanwhile comes before the first page. */
export const listConversations = query(
  api.traces.conversations,
  async ({ tx, caller }, { cursor, limit, ...asked }) => {
    const { botId, channel } = asked;
    const after = placeOf(cursor);
    const where = sql`${botId === undefined ? sql`true` : sql`bot_id = ${botId}::uuid`}
    and ${channel === undefined ? sql`true` : sql`channel = ${channel}`} and ${after ? isAfter(after) : sql`true`}`;
    const rows = await selectConversations(tx, caller, { where, limit: limit + 1 });
    const cut = cutPage(rows, limit, (last) => cursorOf({ at: last.lastAt, botId: last.botId, id: last.session }));
    return { items: await toConversations(tx, caller, cut.rows), ...cut.next };
  },
);

function isAfter({ at, botId, id }: Place) {
  return sql`last_at <= ${at}::timestamptz and (last_at, bot_id, session) < (${at}::timestamptz, ${botId}::uuid, ${id}::text)`;
}
