import type { Db } from '@clawster/database/open';
import type { DB } from '@clawster/database/schema';
import { sql, type Transaction } from 'kysely';
import type { ControlPlane } from './plane.ts';
import { watchingWrites } from './system/database-mode.ts';

export type Tx = Transaction<DB>;

/** A workspace's id, or `system`: all workspaces, for the loops and the sign-in, which find out by it where they are. */
export type Tenancy = { workspaceId: string } | 'system';

/** Runs `work` in one transaction that sees the rows of this tenancy and no others. */
export function inTransaction<T>(
  plane: Pick<ControlPlane, 'db'>,
  options: { tenancy: Tenancy; readOnly?: boolean },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const builder = plane.db.transaction();
  const run = (mode: typeof builder) =>
    mode.execute(async (tx) => {
      await setTenancy(tx, options.tenancy);
      return work(tx);
    });
  return options.readOnly ? run(builder.setAccessMode('read only')) : watchingWrites(plane, () => run(builder));
}

/** The setting ends with the transaction, so a pooled connection never carries it to another caller. */
async function setTenancy(tx: Db, tenancy: Tenancy): Promise<void> {
  const [name, value] =
    tenancy === 'system' ? ['clawster.system', 'on'] : ['clawster.workspace_id', tenancy.workspaceId];
  await sql`select set_config(${name}, ${value}, true)`.execute(tx);
}
