import type { AttributePath, Comparison, Filter } from '@clawster/domain/scim/filter';
import { wrong } from '@clawster/domain/scim/scim-refusal';
import { type RawBuilder, sql } from 'kysely';

/** What may be asked of a column: in which capitals counts (`exact`) or not (`text`), true or not, or when. */
export type Column = { kind: 'text' | 'exact' | 'truth' | 'time'; value: RawBuilder<unknown> };
/** Values of which there are several: each a row of `rows`. Without a part, its `value` is meant. */
export type Columns = { rows: RawBuilder<unknown>; parts: Readonly<Record<string, Column>> };
/** Everything that a filter may name, in lower case. */
export type Filterable = {
  columns: ReadonlyMap<string, Column>;
  many: ReadonlyMap<string, Columns>;
};

type Sql = RawBuilder<boolean>;

/** A filter as a condition, made of named columns and of parameters alone; refused as `invalidFilter` where it names another. */
export function filterSql(filterable: Filterable, filter: Filter): Sql {
  switch (filter.op) {
    case 'and':
      return joined(
        filter.parts.map((part) => filterSql(filterable, part)),
        sql` and `,
      );
    case 'or':
      return joined(
        filter.parts.map((part) => filterSql(filterable, part)),
        sql` or `,
      );
    case 'not':
      return not(filterSql(filterable, filter.part));
    case 'some':
      return someOf(filterable, filter.path, filter.part);
    case 'pr':
      return present(filterable, filter.path);
    case 'compare':
      return compared(filterable, filter);
  }
}

const joined = (parts: Sql[], by: RawBuilder<unknown>): Sql => sql<boolean>`(${sql.join(parts, by)})`;
/** What is not known to be so is not so. */
const not = (part: Sql): Sql => sql<boolean>`((${part}) is not true)`;
const exists = ({ rows }: Columns, where: Sql): Sql => sql<boolean>`exists (select from ${rows} where ${where})`;

function compared(filterable: Filterable, { path, by, value }: Extract<Filter, { op: 'compare' }>): Sql {
  const name = nameOf(path);
  const column = filterable.columns.get(name);
  if (column) return compare(column, by, value);
  const many = filterable.many.get(path.attribute);
  if (!many || path.urn !== undefined) throw unknown(name);
  return exists(many, compare(partIn(many, path.sub ?? 'value', name), by, value));
}

function present(filterable: Filterable, path: AttributePath): Sql {
  const name = nameOf(path);
  const column = filterable.columns.get(name);
  if (column) return sql<boolean>`(${column.value} is not null)`;
  const many = filterable.many.get(path.attribute);
  if (!many || path.urn !== undefined) throw unknown(name);
  if (path.sub === undefined) return exists(many, sql<boolean>`true`);
  return exists(many, sql<boolean>`(${partIn(many, path.sub, name).value}) is not null`);
}

/** One value satisfies all of it. */
function someOf(filterable: Filterable, path: AttributePath, part: Filter): Sql {
  const many = filterable.many.get(path.attribute);
  if (!many || path.urn !== undefined || path.sub !== undefined) throw unknown(nameOf(path));
  return exists(many, filterSql({ columns: new Map(Object.entries(many.parts)), many: new Map() }, part));
}

function partIn({ parts }: Columns, part: string, name: string): Column {
  const column = Object.hasOwn(parts, part) ? parts[part] : undefined;
  if (!column) throw unknown(name);
  return column;
}

function nameOf({ urn, attribute, sub }: AttributePath): string {
  return `${urn === undefined ? '' : `${urn}:`}${attribute}${sub === undefined ? '' : `.${sub}`}`;
}

function compare({ kind, value }: Column, by: Comparison, asked: string | number | boolean): Sql {
  switch (kind) {
    case 'truth':
      return compareTruth(value, by, asked);
    case 'time':
      return compareTime(value, by, asked);
    case 'exact':
      return compareText(value, by, sql`${textIn(asked)}::text`);
    case 'text':
      return compareText(sql`lower(${value})`, by, sql`lower(${textIn(asked)}::text)`);
  }
}

function compareText(value: RawBuilder<unknown>, by: Comparison, asked: RawBuilder<unknown>): Sql {
  switch (by) {
    case 'eq':
      return sql<boolean>`(${value} = ${asked})`;
    case 'ne':
      return sql<boolean>`(${value} <> ${asked})`;
    case 'co':
      return sql<boolean>`(strpos(${value}, ${asked}) > 0)`;
    case 'sw':
      return sql<boolean>`starts_with(${value}, ${asked})`;
    case 'ew':
      return sql<boolean>`(right(${value}, length(${asked})) = ${asked})`;
    case 'gt':
    case 'ge':
    case 'lt':
    case 'le':
      throw wrong('invalidFilter', 'Of texts none is greater than another: ask with eq, ne, co, sw or ew');
  }
}

function compareTruth(value: RawBuilder<unknown>, by: Comparison, asked: string | number | boolean): Sql {
  // Entra ID asks for `primary eq "True"`.
  const truth = typeof asked === 'string' ? { true: true, false: false }[asked.toLowerCase()] : asked;
  if (typeof truth !== 'boolean' || (by !== 'eq' && by !== 'ne'))
    throw wrong('invalidFilter', 'Ask with eq or ne, for true or false');
  return by === 'eq' ? sql<boolean>`(${value} = ${truth})` : sql<boolean>`(${value} <> ${truth})`;
}

const signs = { eq: sql`=`, ne: sql`<>`, gt: sql`>`, ge: sql`>=`, lt: sql`<`, le: sql`<=` };
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** To the millisecond, as times are told. */
function compareTime(value: RawBuilder<unknown>, by: Comparison, asked: string | number | boolean): Sql {
  const at = typeof asked === 'string' && moment.test(asked) ? new Date(asked) : undefined;
  if (!at || Number.isNaN(at.getTime())) throw wrong('invalidFilter', 'Ask for a time such as "2026-01-31T12:00:00Z"');
  if (by === 'co' || by === 'sw' || by === 'ew')
    throw wrong('invalidFilter', 'Of times ask with eq, ne, gt, ge, lt or le');
  return sql<boolean>`(date_trunc('milliseconds', ${value}) ${signs[by]} ${at}::timestamptz)`;
}

function textIn(asked: string | number | boolean): string {
  if (typeof asked === 'string') return asked;
  throw wrong('invalidFilter', 'Put what a text is compared with in quotation marks');
}

function unknown(name: string): Error {
  return wrong('invalidFilter', `One cannot ask for ${name.slice(0, 80)}: see /Schemas`);
}
