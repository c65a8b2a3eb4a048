import type { PageInput } from '@clawster/contract/page';
import { Refusal } from '@clawster/domain/refusal';
import { type SelectQueryBuilder, sql } from 'kysely';

/** Answers a list by position; for lists that stay short, where a row that moves between pages does no harm. */
export async function paged<Item>(
  { cursor, limit }: PageInput,
  read: (page: { offset: number; limit: number }) => Promise<{ items: Item[]; total: number }>,
): Promise<{ items: Item[]; total: number; nextCursor?: string }> {
  const offset = cursor === undefined ? 0 : Number(cursor);
  if (!Number.isSafeInteger(offset) || offset < 0)
    throw new Refusal('invalid', 'This cursor is not one this list gave out: leave it out to begin anew');
  const { items, total } = await read({ offset, limit });
  const next = offset + items.length;
  return { items, total, ...(items.length === limit && next < total ? { nextCursor: String(next) } : {}) };
}

/** The same, of an ordered query's rows. */
export function pagedRows<DB, TB extends keyof DB, Row, Item>(
  page: PageInput,
  ordered: SelectQueryBuilder<DB, TB, Row>,
  toItem: (row: Row) => Item,
): Promise<{ items: Item[]; total: number; nextCursor?: string }> {
  return paged(page, async ({ offset, limit }) => {
    const rows = await ordered.offset(offset).limit(limit).execute();
    const counted = await ordered
      .clearOrderBy()
      .clearSelect()
      .select(sql<number>`count(*)`.as('total'))
      .executeTakeFirstOrThrow();
    // Whose rows they are is not known here, so the types cannot tell.
    return { items: rows.map((row) => toItem(row as Row)), ...(counted as { total: number }) };
  });
}
