import type pg from 'pg';
import type { Manifest, TableShape } from './manifest.ts';

/** The tables of this database, with the columns worth keeping. */
export async function tablesOf(client: pg.Client): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(tablesSql);
  return rows;
}

/**
 * A transaction's number means nothing in another database, and one from the future would never be settled there: those
 * columns get their default. Generated columns make themselves. Partitions come with their table. An unlogged
 * table holds nothing that must outlast a crash.
 */
const tablesSql = `
  select c.relname as name,
    array(select a.attname::text from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        and a.atttypid <> 'xid8'::regtype
      order by a.attnum) as columns
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relpersistence = 'p'
    and c.relname <> 'migration'
  order by c.relname`;

/** Every reference from a table to another, as it is declared; those of partitions come with their table. */
export async function referencesOf(client: pg.Client): Promise<{ table: string; name: string; declared: string }[]> {
  const { rows } = await client.query<{ table: string; name: string; declared: string }>(`
    select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as declared
    from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace`);
  return rows;
}

/** Where each sequence stands: beyond every row of the snapshot, since it is read after that was taken. */
export async function sequencesOf(client: pg.Client): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(`
    select t.relname as table, a.attname as column, s.oid::regclass::text as sequence
    from pg_class s
    join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = s.oid and d.deptype in ('a', 'i')
    join pg_class t on t.oid = d.refobjid
    join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
    where s.relkind = 'S' and t.relnamespace = 'public'::regnamespace`);
  return Promise.all(
    rows.map(async ({ table, column, sequence }) => {
      const { rows: states } = await client.query<{ last: string; used: boolean }>(
        `select last_value::text as last, is_called as used from ${sequence}`,
      );
      return { table, column, ...(states[0] as { last: string; used: boolean }) };
    }),
  );
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
