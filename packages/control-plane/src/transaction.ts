import type { BotScope } from '@clawster/contract/label';
import type { DB } from '@clawster/database/schema';
import { type Opening, transact } from '@clawster/database/transact';
import type { Transaction } from 'kysely';
import type { ControlPlane } from './plane.ts';
import { watchingWrites } from './system/database-mode.ts';

export type Tx = Transaction<DB>;

/** One workspace, where a caller's permission is held for some bots only with no other bot in sight. */
export type Place = { workspaceId: string; reach?: readonly BotScope[] | undefined };

/** A place, or `system`: all workspaces, for the loops and the sign-in, which find out by it where they are. */
export type Tenancy = Place | 'system';

/** Runs `work` in one transaction that sees the rows of this tenancy and no others. */
export function inTransaction<T>(
  plane: Pick<ControlPlane, 'db'>,
  options: { tenancy: Tenancy; readOnly?: boolean },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { readOnly = false } = options;
  const run = () => transact(plane.db, { readOnly, settings: settingsOf(options.tenancy) }, work);
  return readOnly ? run() : watchingWrites(plane, run);
}

/** They end with the transaction, so a pooled connection never carries them to another caller. */
function settingsOf(tenancy: Tenancy): Opening['settings'] {
  if (tenancy === 'system') return { 'clawster.system': 'on' };
  const { workspaceId, reach } = tenancy;
  return {
    'clawster.workspace_id': workspaceId,
    ...(reach ? { 'clawster.reach': JSON.stringify(reach) } : {}),
  };
}
