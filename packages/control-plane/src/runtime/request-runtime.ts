import { sql } from 'kysely';
import { change, keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';

/** Asks the loop to install a version; asking again is harmless. */
export async function requestRuntime(
  plane: ControlPlane,
  version: string,
  by: { workspaceId: string; job: string },
): Promise<void> {
  await change(plane, by, async ({ tx, record }) => {
    const changed = await wantRuntime(tx, version);
    await record({ type: 'runtime-requested', subjectName: version, detail: { version, already: !changed } });
  });
}

/** Moves a version that is absent or failed to `installing`, due at once; false when it is installed or on its way. */
export async function wantRuntime(tx: Tx, version: string): Promise<boolean> {
  const fresh = {
    phase: 'installing',
    message: 'Waiting for the installation to begin',
    progress: 0,
    since: sql<Date>`now()`,
    reconcileAt: sql<Date>`now()`,
    failures: 0,
  };
  const row = await tx
    .insertInto('runtime')
    .values({ version, ...fresh })
    .onConflict((conflict) =>
      conflict.column('version').doUpdateSet(fresh).where('runtime.phase', 'in', ['absent', 'failed']),
    )
    .returning('version')
    .executeTakeFirst();
  return row !== undefined;
}

/** Notes that a version is gone from this machine, so that it is installed again when next needed. */
export async function markAbsent(plane: ControlPlane, version: string): Promise<void> {
  await keep(plane, (tx) =>
    tx
      .updateTable('runtime')
      .set({ phase: 'absent', message: 'It was removed from this machine', progress: null, since: sql<Date>`now()` })
      .where('version', '=', version)
      .where('phase', '=', 'installed')
      .execute(),
  );
}
