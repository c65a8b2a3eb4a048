import type { OperationKind, OperationPhase, OperationStep } from '@clawster/contract/operation';
import type { OperationTable } from '@clawster/database/schema';
import { type Selectable, sql } from 'kysely';
import { keep } from '../change.ts';
import { free, isFree, leaseEnd, taken, whileRenewed } from '../loops/lease.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { stepsIn } from './operation.queries.ts';

const renewMs = 1_500;
/** How soon a cancellation reaches a step that runs: with the look for lost rights before it, within a second. */
const watchMs = 150;

export type LeasedOperation = Omit<Selectable<OperationTable>, 'kind' | 'phase' | 'steps'> & {
  kind: OperationKind;
  phase: OperationPhase;
  steps: OperationStep[];
};

/** Another worker has the operation now, and nothing this one does may be written. */
export class OperationLost extends Error {
  constructor() {
    super('The operation has passed to another worker');
  }
}
/** Somebody asked to cancel it. */
export class CancelAsked extends Error {}

/** Leases due operations that nobody else holds; none once a newer copy is at work, since they touch what bots keep. */
export async function leaseDueOperations(plane: ControlPlane, limit: number): Promise<LeasedOperation[]> {
  const rows = await keep(plane, (tx) =>
    tx
      .with('due', (query) =>
        query
          .selectFrom('operation')
          .select('id')
          .where('phase', 'in', ['pending', 'running'])
          .where('reconcileAt', '<=', sql<Date>`now()`)
          .where(sql<boolean>`not exists (select from installation where overtaken_by is not null)`)
          .where(isFree)
          .orderBy('reconcileAt')
          .limit(limit)
          .forUpdate()
          .skipLocked(),
      )
      .updateTable('operation')
      .set(taken(plane))
      .where('id', 'in', (query) => query.selectFrom('due').select('id'))
      .returningAll()
      .execute(),
  );
  return rows.map((row) => ({ ...(row as unknown as LeasedOperation), steps: stepsIn(row) }));
}

/** Holds the lease while work goes on; the work's signal is aborted when the lease is lost or a cancellation is asked. */
export function whileLeased<T>(
  plane: ControlPlane,
  { operation, signal }: { operation: LeasedOperation; signal: AbortSignal },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const watched = { everyMs: watchMs, renew: () => whyEnd(plane, operation) };
  return whileRenewed({ everyMs: renewMs, renew: () => renew(plane, operation) }, (lost) =>
    whileRenewed(watched, (ended) => work(AbortSignal.any([signal, lost, ended]))),
  );
}

/** Extends the lease; tells when it was lost. */
async function renew(plane: ControlPlane, operation: LeasedOperation): Promise<Error | undefined> {
  const row = await keep(plane, (tx) =>
    ours(tx, operation).set({ leasedUntil: leaseEnd }).returning('id').executeTakeFirst(),
  );
  return row ? undefined : new OperationLost();
}

/** Tells when the lease was lost, or when the operation is to be cancelled: a look, which writes nothing. */
async function whyEnd(plane: ControlPlane, { id, epoch, cancelAskedAt }: LeasedOperation): Promise<Error | undefined> {
  const row = await systemQuery(plane, (tx) =>
    tx
      .selectFrom('operation')
      .select('cancelAskedAt')
      .where('id', '=', id)
      .where('epoch', '=', epoch)
      .executeTakeFirst(),
  );
  if (!row) return new OperationLost();
  return row.cancelAskedAt && !cancelAskedAt ? new CancelAsked('Cancelled') : undefined;
}

/** An update that does nothing when the lease has passed to another worker. */
export function ours(tx: Tx, { id, epoch }: Pick<LeasedOperation, 'id' | 'epoch'>) {
  return tx.updateTable('operation').where('id', '=', id).where('epoch', '=', epoch);
}

/** The operation's row, locked: neither a cancellation nor another worker comes between. Throws when the lease was lost. */
export async function lockOurs(tx: Tx, { id, epoch }: LeasedOperation): Promise<{ cancelAskedAt: Date | null }> {
  const row = await tx
    .selectFrom('operation')
    .select('cancelAskedAt')
    .where('id', '=', id)
    .where('epoch', '=', epoch)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new OperationLost();
  return row;
}

/** Gives an operation back, to be looked at again after that time. */
export const givenBack = (inMs: number) => ({
  ...free,
  reconcileAt: sql<Date>`now() + make_interval(secs => ${inMs / 1000})`,
});
