import { Refusal } from '@clawster/domain/refusal';
import { type RawBuilder, sql } from 'kysely';
import { type Cursor, readCursor } from '../page.ts';

/** Where a page ends in a list that goes from the latest to the first: at a moment, by a bot, and by its own name of it. */
export type Place = { at: string; botId: string; id: string };

export function cursorOf({ at, botId, id }: Place): Cursor {
  return { key: `${at} ${id}`, id: botId };
}

/** The place after which the next page begins; refused when it is none of ours. */
export function placeOf(cursor: string | undefined): Place | undefined {
  const read = readCursor(cursor);
  if (!read) return undefined;
  const space = read.key.indexOf(' ');
  const at = read.key.slice(0, space);
  if (space < 0 || Number.isNaN(Date.parse(at)))
    throw new Refusal('invalid', 'The cursor is not one of ours: start again without it');
  return { at, botId: read.id, id: read.key.slice(space + 1) };
}

/** A moment as exactly as it is kept, so that a place is between no two rows. */
export function exactly(column: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
