import type { DB } from '@clawster/database/schema';
import { type Opening, transact } from '@clawster/database/transact';
import type { Transaction } from 'kysely';
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
  const { readOnly = false } = options;
  const run = () => transact(plane.db, { readOnly, setting: settingOf(options.tenancy) }, work);
  return readOnly ? run() : watchingWrites(plane, run);
}

/** The setting ends with the transaction, so a pooled connection never carries it to another caller. */
function settingOf(tenancy: Tenancy): Opening['setting'] {
  return tenancy === 'system'
    ? { name: 'clawster.system', value: 'on' }
    : { name: 'clawster.workspace_id', value: tenancy.workspaceId };
}
