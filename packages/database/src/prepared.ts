import type { CompiledQuery } from 'kysely';
import type { QueryConfig } from 'pg';

/** A list of values makes a statement for each of its lengths: not all there are can be kept. */
const keptMax = 500;
/** What is asked so often is worth keeping on every connection. */
const usesMin = 5;
/** A column that a newer version adds would make a kept one fail. */
const everyColumn = /\b(select|returning) \*|\.\*/;

type Kept = { name: string; uses: number };
const kept = new Map<string, Kept>();

/** The query as the driver takes it. One that comes again has a name, under which PostgreSQL parses and plans it once for each connection. */
export function prepared({ sql, parameters }: CompiledQuery): QueryConfig {
  const query = { text: sql, values: parameters as unknown[] };
  const statement = kept.get(sql) ?? keep(sql);
  if (!statement) return query;
  statement.uses += 1;
  return statement.uses < usesMin ? query : { ...query, name: statement.name };
}

function keep(sql: string): Kept | undefined {
  if (kept.size >= keptMax || everyColumn.test(sql)) return undefined;
  const statement = { name: `clawster-${kept.size}`, uses: 0 };
  kept.set(sql, statement);
  return statement;
}
