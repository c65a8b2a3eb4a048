import { Refusal } from '@clawster/domain/refusal';
import { z } from 'zod';

const Cursor = z.object({ key: z.string(), id: z.uuid() });
export type Cursor = z.infer<typeof Cursor>;

/** Where the next page begins: after this row, whatever comes and goes before it. Opaque to callers. */
function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.key, cursor.id])).toString('base64url');
}

export function readCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined;
  const parsed = z
    .tuple([Cursor.shape.key, Cursor.shape.id])
    .safeParse(parseJson(Buffer.from(text, 'base64url').toString()));
  if (!parsed.success) throw new Refusal('invalid', 'The cursor is not one of ours: start again without it');
  return { key: parsed.data[0], id: parsed.data[1] };
}

/** The rows of a page, of which one more than `limit` was read to know whether another follows, and where that begins. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (last: Row) => Cursor,
): { rows: Row[]; next: { nextCursor?: string } } {
  const cut = rows.slice(0, limit);
  const last = cut.at(-1);
  return { rows: cut, next: rows.length > limit && last ? { nextCursor: writeCursor(cursorOf(last)) } : {} };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
