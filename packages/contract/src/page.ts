import { z } from 'zod';

/** One page of a list. `nextCursor` is opaque and absent on the last page; `total` counts what the filter matches. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional(), total: z.int().nonnegative() });

/** What every paged list takes. */
export const PageInput = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PageInput = z.infer<typeof PageInput>;

export const Id = z.uuid();
export const Timestamp = z.iso.datetime({ offset: true });
export const Empty = z.object({});
