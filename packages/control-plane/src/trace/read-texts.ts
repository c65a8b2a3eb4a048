import type { SpanText } from '@clawster/contract/trace';
import { sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import type { Tx } from '../transaction.ts';
import type { Place } from './place.ts';
import { isReadable, readsText } from './seen.ts';

/** What was said in spans, for those that have a text and callers who may read it. */
export type Texts = (span: Place) => { text?: SpanText };

/** Reads what was said in these spans, at most `charactersMax` of each side. */
export async function readTexts(
  tx: Tx,
  caller: SignedIn,
  { spans, charactersMax }: { spans: readonly Place[]; charactersMax: number },
): Promise<Texts> {
  if (spans.length === 0 || !readsText(caller)) return () => ({});
  const ats = spans.map(({ at }) => at).toSorted();
  const { rows } = await sql<{ botId: string; id: string; in: string | null; out: string | null }>`
    select said.bot_id as "botId", said.id, left(found.text->>'in', ${charactersMax}::int) as "in",
      left(found.text->>'out', ${charactersMax}::int) as "out"
    from unnest(${spans.map(({ botId }) => botId)}::uuid[], ${spans.map(({ id }) => id)}::text[],
      ${spans.map(({ at }) => at)}::timestamptz[]) as said (bot_id, id, at)
    -- One at a time, by its key: whatever is thought of their number, all texts are never read.
    cross join lateral (select text.text from span_text text
      where text.bot_id = said.bot_id and text.span_id = said.id and text.at = said.at and ${isReadable(caller)}
        and text.at >= ${ats[0]}::timestamptz and text.at <= ${ats.at(-1)}::timestamptz limit 1) as found`.execute(tx);
  const texts = new Map(rows.map((row) => [`${row.botId} ${row.id}`, textOf(row)]));
  return ({ botId, id }) => {
    const text = texts.get(`${botId} ${id}`);
    return text ? { text } : {};
  };
}

function textOf(said: { in: string | null; out: string | null }): SpanText {
  return { ...(said.in === null ? {} : { in: said.in }), ...(said.out === null ? {} : { out: said.out }) };
}
