import { z } from 'zod';

const Count = z.int().nonnegative();

/** A table, with the columns whose values mean the same in another database. */
export const TableShape = z.object({ name: z.string(), columns: z.array(z.string()).min(1) });
export type TableShape = z.infer<typeof TableShape>;

/** What a backup is of; the first thing in it. */
export const Manifest = z.object({
  version: z.literal(1),
  backupId: z.uuid(),
  madeAt: z.iso.datetime(),
  clawster: z.string(),
  installation: z.object({ id: z.uuid(), epoch: z.int() }),
  /** Where the data folder was, for bots that still run from it. */
  dataDirectory: z.string(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })).min(1),
  tables: z.array(TableShape),
  sequences: z.array(z.object({ table: z.string(), column: z.string(), last: z.string(), used: z.boolean() })),
});
export type Manifest = z.infer<typeof Manifest>;

export const TableEnd = z.object({ table: z.string(), rows: Count });
export const End = z.object({ tables: Count, rows: Count });
export type Totals = z.infer<typeof End>;
