import type { Copy } from '@clawster/link/copy';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';

/** This copy, and the epoch of the newer one that was seen at work, if any was. */
export function getInstallation(tx: Tx) {
  return tx.selectFrom('installation').select(['id', 'epoch', 'overtakenBy']).executeTakeFirstOrThrow();
}

const known = new WeakMap<ControlPlane['db'], Promise<Copy>>();

/** Which copy of which installation this is: the same for as long as the process lives, so the database is asked once. */
export function copyOf(plane: Pick<ControlPlane, 'db'>): Promise<Copy> {
  const before = known.get(plane.db);
  if (before) return before;
  const asked = systemQuery(plane, getInstallation).then(({ id, epoch }) => ({ id, epoch }));
  known.set(plane.db, asked);
  asked.catch(() => known.delete(plane.db));
  return asked;
}
