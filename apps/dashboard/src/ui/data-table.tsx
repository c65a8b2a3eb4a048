import type { ReactNode } from 'react';

export type Column<Row> = {
  name: string;
  of: (row: Row) => ReactNode;
  /** Right-aligned, as numbers are compared. */
  figure?: true;
};

type DataTableProps<Row> = {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
};

/** Rows of figures under their names; what is too wide scrolls by itself. */
export function DataTable<Row>({ label, columns, rows, keyOf }: DataTableProps<Row>) {
  const side = (column: Column<Row>) => (column.figure ? 'text-right' : 'text-left');
  return (
    // A region one can scroll must be reachable by keys.
    <div tabIndex={0} role="region" aria-label={label} className="overflow-x-auto outline-offset-[-2px]">
      <table className="w-full text-sm whitespace-nowrap">
        <thead className="text-xs text-muted">
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" className={`px-4 py-2 font-medium ${side(column)}`}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className="border-t border-line hover:bg-hover">
              {columns.map((column) => (
                <td key={column.name} className={`px-4 py-2 ${side(column)}`}>
                  {column.of(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
