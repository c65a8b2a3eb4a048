import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** A table to read, what of it, and how a row of it is named. */
export type ReadTable = {
  name: string;
  columns: { name: string; isBytes: boolean }[];
  /** `cell0`, `cell1` and so on, of the columns in their order. */
  cells: RawBuilder<unknown>;
  rowId: RawBuilder<unknown>;
  blocks: number;
};

/** Where nothing but ciphertexts lie. */
const encrypted = ['secret', 'data_key'];

type Row = { name: string; columns: ReadTable['columns']; keys: string[] | null; blocks: number };

/** Every table with a text, a document or a byte string in it, but those that hold ciphertexts alone. */
export async function readTables(tx: Tx): Promise<ReadTable[]> {
  const { rows } = await sql<Row>`
    select c.relname::text as name,
      -- One more than there are: what is appended meanwhile.
      (pg_relation_size(c.oid) / current_setting('block_size')::int + 1)::int as blocks,
      (select jsonb_agg(jsonb_build_object('name', a.attname, 'isBytes', t.typname = 'bytea') order by a.attnum)
        from pg_attribute a join pg_type t on t.oid = a.atttypid
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          and (t.typcategory in ('S', 'A') or t.typname in ('json', 'jsonb', 'bytea', 'xml'))) as columns,
      (select array_agg(a.attname::text order by a.attnum) from pg_index i
        join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
        where i.indrelid = c.oid and i.indisprimary) as keys
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all(${encrypted}::text[])
    order by c.relname`.execute(tx);
  return rows
    .filter(({ columns }) => columns)
    .map(({ name, columns, keys, blocks }) => ({
      name,
      columns,
      blocks,
      cells: sql.join(
        columns.map((column, index) =>
          column.isBytes
            ? sql`${sql.id(column.name)} as ${sql.id(`cell${index}`)}`
            : sql`${sql.id(column.name)}::text as ${sql.id(`cell${index}`)}`,
        ),
      ),
      rowId: keys ? sql`concat_ws(' ', ${sql.join(keys.map((key) => sql`${sql.id(key)}::text`))})` : sql`ctid::text`,
    }));
}
