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
    select text.bot_id as "botId", text.span_id as id, left(text.text->>'in', ${charactersMax}::int) as "in",
      left(text.text->>'out', ${charactersMax}::int) as "out"
    from unnest(${spans.map(({ botId }) => botId)}::uuid[], ${spans.map(({ id }) => id)}::text[],
      ${spans.map(({ at }) => at)}::timestamptz[]) as said (bot_id, id, at)
    join span_text text on text.bot_id = said.bot_id and text.span_id = said.id and text.at = said.at
    where text.at >= ${ats[0]}::timestamptz and text.at <= ${ats.at(-1)}::timestamptz and ${isReadable(caller)}`.execute(
    tx,
  );
  const texts = new Map(rows.map((row) => [`${row.botId} ${row.id}`, textOf(row)]));
  return ({ botId, id }) => {
    const text = texts.get(`${botId} ${id}`);
    return text ? { text } : {};
  };
}

function textOf(said: { in: string | null; out: string | null }): SpanText {
  return { ...(said.in === null ? {} : { in: said.in }), ...(said.out === null ? {} : { out: said.out }) };
}
