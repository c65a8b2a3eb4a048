import pg from 'pg';

type Column = { table: string; name: string; type: string; nullable: boolean; generated: 'always' | 'default' | 'no' };

/** What each PostgreSQL type is in TypeScript, as open.ts makes the driver read it. */
const typescript: Record<string, string> = {
  uuid: 'string',
  _uuid: 'string[]',
  text: 'string',
  xid8: 'string',
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float4: 'number',
  float8: 'number',
  _text: 'string[]',
  _int4: 'number[]',
  // As text: what the driver makes of them is a string for each.
  _int8: 'ColumnType<string[], number[]>',
  timestamptz: 'Timestamp',
  jsonb: 'Json',
  bytea: 'Buffer',
  date: 'string',
  // To the last digit, as text.
  numeric: 'ColumnType<string, number | string, number | string>',
  tsvector: 'string',
};

/** The TypeScript types of a migrated database's tables, as text. */
export async function schemaOf(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Column>(columnsSql);
    return render(Map.groupBy(rows, ({ table }) => table));
  } finally {
    await client.end();
  }
}

const columnsSql = `
  select c.relname as table, a.attname as name, t.typname as type, not a.attnotnull as nullable,
    case when a.attidentity = 'a' or a.attgenerated <> '' then 'always' when a.atthasdef or a.attidentity = 'd' then 'default' else 'no' end as generated
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'migration'
  order by c.relname, a.attnum`;

function render(tables: Map<string, Column[]>): string {
  const types = [...tables].map(
    ([table, columns]) =>
      `export type ${pascal(table)}Table = {\n${columns.map((column) => `  ${camel(column.name)}: ${typeOf(column)};\n`).join('')}};\n`,
  );
  const names = [...tables.keys()].map((table) => `  ${camel(table)}: ${pascal(table)}Table;\n`).join('');
  return `${head}\n${types.join('\n')}\n/** Every table, by the name queries use. */\nexport type DB = {\n${names}};\n`;
}

const head = `// Written by \`pnpm db:types\` from the migrations: change those.
import type { ColumnType, GeneratedAlways } from 'kysely';

/** May be left out when inserting. */
export type Generated<T> = T extends ColumnType<infer Read, infer Inserted, infer Updated>
  ? ColumnType<Read, Inserted | undefined, Updated>
  : ColumnType<T, T | undefined, T>;

/** A ColumnType does not survive a union with null. */
export type Nullable<T> = T extends ColumnType<infer Read, infer Inserted, infer Updated>
  ? ColumnType<Read | null, Inserted | null | undefined, Updated | null>
  : T | null;

/** Read as a Date; written as a Date or an ISO 8601 string. */
export type Timestamp = ColumnType<Date, Date | string>;
/** Read as what it is, to be parsed; written as an object, since the driver would send a list as a PostgreSQL array. */
export type Json = ColumnType<unknown, Record<string, unknown>>;
`;

function typeOf({ table, name, type, nullable, generated }: Column): string {
  const known = typescript[type];
  if (!known) throw new Error(`${table}.${name}: say in schema-of.ts what ${type} is in TypeScript`);
  const full = nullable ? `Nullable<${known}>` : known;
  return { always: `GeneratedAlways<${full}>`, default: `Generated<${full}>`, no: full }[generated];
}

function camel(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function pascal(name: string): string {
  return camel(`_${name}`);
}
