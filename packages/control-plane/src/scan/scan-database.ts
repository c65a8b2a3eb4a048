import { beginScan, maskFound } from '@clawster/link/scan/scan';
import { scanBytes } from '@clawster/link/scan/scan-source';
import { keyOf, type Scanner } from '@clawster/link/scan/scanner';
import { sql } from 'kysely';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import type { Seen, SeenPlace } from './seen-place.ts';
import type { Sought } from './sought.ts';
import { type ReadTable, readTables } from './tables.ts';

export type DatabaseScan = { workspaceId: string; sought: Sought; scanner: Scanner; signal: AbortSignal };

/** A row as it was asked for: texts, and bytes as they are. */
type ReadRow = { rowId: string } & Record<string, string | Buffer | null>;

/** So much of a table is read at once: each time in a transaction of its own, so that no snapshot is held for long. */
const blocksAtOnce = 128;

/** Looks through every text, document and byte string of the workspace's rows, but for what is encrypted there. */
export async function scanDatabase(
  plane: Pick<ControlPlane, 'db'>,
  { workspaceId, sought, scanner, signal }: DatabaseScan,
): Promise<SeenPlace> {
  // Its pace alone: what is seen has a column and a row, not a file.
  const { between } = beginScan(scanner, signal);
  const found = new Map<string, Seen>();
  const counts = { files: 0, bytes: 0, rows: 0 };

  async function look(table: ReadTable, row: ReadRow): Promise<void> {
    counts.rows += 1;
    for (const [index, column] of table.columns.entries()) {
      const cell = row[`cell${index}`];
      if (cell === null || cell === undefined) continue;
      const bytes = Buffer.isBuffer(cell) ? cell : Buffer.from(cell);
      counts.bytes += bytes.length;
      for (const { fingerprint, packed } of await scanBytes(scanner, bytes, between)) {
        const place = `${table.name}.${column.name}`;
        const key = JSON.stringify([keyOf(fingerprint), packed, place]);
        const before = found.get(key);
        const name = sought.names.get(fingerprint.secretId);
        if (before) before.times += 1;
        else if (name) {
          const rowId = maskFound(scanner, row.rowId).slice(0, 200);
          found.set(key, { sought: name, form: fingerprint.form, packed, part: 'column', place, row: rowId, times: 1 });
        }
      }
    }
  }

  const tables = await readAs(plane, { workspaceId }, readTables);
  for (const table of tables)
    for (let block = 0; block < table.blocks; block += blocksAtOnce) {
      await between();
      const rows = await readAs(plane, { workspaceId }, async (tx) => {
        const end = block + blocksAtOnce;
        const { rows: read } = await sql<ReadRow>`
          select ${table.cells}, ${table.rowId} as "rowId" from ${sql.table(table.name)}
          where ctid >= ${`(${block},0)`}::tid and ctid < ${`(${end},0)`}::tid`.execute(tx);
        return read;
      });
      for (const row of rows) await look(table, row);
    }
  return { seen: [...found.values()], counts, skipped: [], skippedMore: 0 };
}
