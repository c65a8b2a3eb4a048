import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';

/** So long a row is left to a worker that does not say again that it is at it. */
export const leaseSeconds = 30;

/** When a lease that is taken or extended now ends. */
export const leaseEnd = sql<Date>`now() + make_interval(secs => ${leaseSeconds})`;

/** Whether nobody holds the row. */
export const isFree = sql<boolean>`(leased_until is null or leased_until < now())`;

/** What makes a row this replica's; with the higher epoch, whatever an earlier worker still writes does nothing. */
export const taken = ({ settings }: Pick<ControlPlane, 'settings'>) => ({
  leasedBy: settings.replica,
  leasedUntil: leaseEnd,
  epoch: sql<number>`epoch + 1`,
});

/** What makes it nobody's. */
export const free = { leasedBy: null, leasedUntil: null };

/** Holds a lease while work goes on, however long: the work's signal is aborted with what `renew` says has ended it. */
export async function whileRenewed<T>(
  { everyMs, renew }: { everyMs: number; renew: () => Promise<Error | undefined> },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const ended = new AbortController();
  const renewal = setInterval(() => {
    renew().then(
      (error) => error && ended.abort(error),
      // The next renewal is the retry.
      () => undefined,
    );
  }, everyMs);
  try {
    return await work(ended.signal);
  } finally {
    clearInterval(renewal);
  }
}

/** Gives back at once what this replica still holds when it stops; what it goes on writing is refused. */
export async function releaseLeases(plane: ControlPlane): Promise<void> {
  const givenBack = { ...free, reconcileAt: sql<Date>`now()`, epoch: sql<number>`epoch + 1` };
  await keep(plane, async (tx) => {
    for (const table of ['bot', 'operation', 'runtime'] as const)
      await tx.updateTable(table).set(givenBack).where('leasedBy', '=', plane.settings.replica).execute();
  });
}
