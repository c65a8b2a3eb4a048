import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import type { Tx } from '../transaction.ts';
import { exactly, type Place } from './place.ts';
import { isReadable } from './seen.ts';
import { eachTurn, hasUsed, inSlices, selectTurns, type TurnsAsked } from './select-turns.ts';
import type { TurnRow } from './turn.queries.ts';

type WordsAsked = TurnsAsked & { search: string };

/** Texts with the words are looked up so many at a time: they may be of tools, or of turns that do not fit. */
const textsAtOnce = 500;
/** And so many at most. */
const textsMax = 50_000;

/** The latest turns in which these words were said. The wall is told them too, so that their index is used (0030-span-queries.sql). */
export async function findByWords(tx: Tx, caller: SignedIn, asked: WordsAsked): Promise<TurnRow[]> {
  await sql`select set_config('clawster.words', ${asked.search}, true)`.execute(tx);
  let looked = 0;
  const found = await inSlices(asked, async (slice) => {
    const turns: TurnRow[] = [];
    for (let place = asked.after; turns.length < slice.limit;) {
      if (looked > textsMax)
        throw new Refusal(
          'invalid',
          'Very many texts have these words, and few of the turns fit: ask for a shorter time, or for more words',
        );
      const texts = await textsWith(tx, caller, { ...slice, after: place });
      looked += texts.length;
      turns.push(...(await turnsOf(tx, caller, { texts, asked: { ...slice, limit: slice.limit - turns.length } })));
      place = texts.at(-1);
      if (texts.length < textsAtOnce) break;
    }
    return turns;
  });
  await sql`select set_config('clawster.words', '', true)`.execute(tx);
  return found;
}

async function textsWith(tx: Tx, caller: SignedIn, { search, botId, from, to, after }: WordsAsked): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select text.bot_id as "botId", text.span_id as id, ${exactly(sql`text.at`)} as at from span_text text
    where ${isReadable(caller)} and text.words @@ websearch_to_tsquery('simple', ${search})
      and text.at >= ${from}::timestamptz and text.at < ${to}::timestamptz
      and ${botId === undefined ? sql`true` : sql`text.bot_id = ${botId}::uuid`}
      and ${
        after === undefined
          ? sql`true`
          : sql`text.at <= ${after.at}::timestamptz and (text.at, text.bot_id, text.span_id) < (${after.at}::timestamptz, ${after.botId}::uuid, ${after.id}::text)`
      }
    order by text.at desc, text.bot_id desc, text.span_id desc limit ${textsAtOnce}`.execute(tx);
  return rows;
}

function turnsOf(
  tx: Tx,
  caller: SignedIn,
  { texts, asked }: { texts: Place[]; asked: WordsAsked },
): Promise<TurnRow[]> {
  const [latest, first] = [texts[0], texts.at(-1)];
  if (!latest || !first) return Promise.resolve([]);
  const said = sql`(select distinct * from unnest(${texts.map(({ botId }) => botId)}::uuid[], ${texts.map(({ id }) => id)}::text[],
    ${texts.map(({ at }) => at)}::timestamptz[]) as said (bot_id, id, at)) as said`;
  return selectTurns(tx, {
    caller,
    asked,
    from: eachTurn(said, {
      from: first.at,
      to: new Date(Date.parse(latest.at) + 1).toISOString(),
      is: sql`turn.bot_id = said.bot_id and turn.id = said.id and turn.at = said.at`,
    }),
    more: asked.tool === undefined ? sql`true` : hasUsed(asked.tool),
  });
}
