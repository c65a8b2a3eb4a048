import type { SystemStatus } from '@clawster/contract/system';
import { whyOvertaken } from '../installation/overtaken.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { isSetupDone } from '../setup/setup.queries.ts';
import { readOnlyReason } from './database-mode.ts';

/** Once done, set-up stays done, and the database need not be asked again. */
const done = new WeakSet<ControlPlane['db']>();

/** What anyone may know before signing in. */
export async function getStatus(plane: ControlPlane): Promise<SystemStatus> {
  if (!done.has(plane.db) && (await systemQuery(plane, isSetupDone))) done.add(plane.db);
  const reason = readOnlyReason(plane);
  // Told while the database is away, too: then it is not known, and says nothing.
  const overtaken = await whyOvertaken(plane).catch(() => undefined);
  return {
    product: 'clawster',
    version: plane.settings.version,
    setup: done.has(plane.db) ? 'done' : 'needed',
    mode: reason ? 'read-only' : 'normal',
    ...(reason ? { reason } : {}),
    ...(overtaken ? { overtaken } : {}),
  };
}
