import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { databaseNow } from '../database-now.ts';
import { cutPage } from '../page.ts';
import { query } from '../query.ts';
import { askedRange } from './asked-range.ts';
import { findTurns } from './find-turns.ts';
import { cursorOf, placeOf } from './place.ts';
import { readTexts } from './read-texts.ts';
import { readsText } from './seen.ts';
import { takenBy, toTurns } from './turn.queries.ts';

/** What a list shows of a text: enough to know it by. */
const charactersMax = 300;
/** The clock of a bot's host may be ahead. */
const aheadMs = 3_600_000;

/** Turns as filtered, the latest first, a page at a time; those that come meanwhile come before the first page. */
export const listTurns = query(api.traces.turns, async ({ tx, caller }, { cursor, limit, ...asked }) => {
  if (asked.search && !readsText(caller))
    throw new Refusal(
      'forbidden',
      'Only those with the permission conversation:read may look for words in conversations: leave out "search", or ask an owner or admin for it',
    );
  const now = await databaseNow(tx);
  const { from, to } = askedRange(asked, now);
  const until = asked.to === undefined ? new Date(now.getTime() + aheadMs) : to;
  const rows = await findTurns(tx, caller, {
    ...asked,
    from: from.toISOString(),
    to: until.toISOString(),
    after: placeOf(cursor),
    limit: limit + 1,
  });
  const cut = cutPage(rows, limit, cursorOf);
  const [taken, text] = await Promise.all([
    takenBy(tx, caller, cut.rows),
    readTexts(tx, caller, { spans: cut.rows, charactersMax }),
  ]);
  return { items: await toTurns(tx, caller, { rows: cut.rows, taken, text }), ...cut.next };
});
