import type { CompiledQuery } from 'kysely';
import type { Db } from './open.ts';

/**
 * A query that is built and compiled when it first runs, and later run with other values: for those that are asked all
 * the time, where building costs more than asking. Its values must stand in it as they are given.
 */
export function compileOnce<Name extends string, Row>(
  build: (db: Db, values: Record<Name, string>) => CompiledQuery<Row>,
): (db: Db, values: Record<Name, string>) => Promise<Row[]> {
  let compiled: CompiledQuery<Row> | undefined;
  return async (db, values) => {
    compiled ??= build(db, places<Name>());
    const parameters = compiled.parameters.map((parameter) => fill(parameter, values));
    const { rows } = await db.executeQuery<Row>({ ...compiled, parameters });
    return rows;
  };
}

const mark = 'clawster value: ';

/** Stands for the values while the query is compiled: each is a mark with its name. */
function places<Name extends string>(): Record<Name, string> {
  return new Proxy({} as Record<Name, string>, { get: (_, name) => mark + String(name) });
}

function fill(parameter: unknown, values: Record<string, string>): unknown {
  return typeof parameter === 'string' && parameter.startsWith(mark) ? values[parameter.slice(mark.length)] : parameter;
}
