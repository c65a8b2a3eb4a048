import { backOffMs } from '@clawster/domain/bot/back-off';
import type { InstallProgress } from '@clawster/runtime/store';
import { sql } from 'kysely';
import { change, keep } from '../change.ts';
import { free, isFree, leaseEnd, taken, whileRenewed } from '../loops/lease.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';

const progressEveryMs = 1_000;

type Lease = { version: string; epoch: number; failures: number };

/** Installs the versions that are wanted, one at a time and by one worker each; a failed one is tried again while a bot waits for it. */
export async function installRuntimes(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  for (;;) {
    const lease = signal.aborted ? undefined : await leaseDueRuntime(plane);
    if (!lease) return;
    await install(plane, lease, signal);
  }
}

async function leaseDueRuntime(plane: ControlPlane): Promise<Lease | undefined> {
  return keep(plane, (tx) =>
    tx
      .with('due', (query) =>
        query
          .selectFrom('runtime')
          .select('version')
          .where('reconcileAt', '<=', sql<Date>`now()`)
          .where(isFree)
          .where(sql<boolean>`(phase = 'installing' or (phase = 'failed' and exists (
            select from bot where spec->>'runtimeVersion' = runtime.version and spec->>'desired' = 'running')))`)
          .orderBy('reconcileAt')
          .limit(1)
          .forUpdate()
          .skipLocked(),
      )
      .updateTable('runtime')
      .set(taken(plane))
      .where('version', 'in', (query) => query.selectFrom('due').select('version'))
      .returning(['version', 'epoch', 'failures'])
      .executeTakeFirst(),
  );
}

async function install(plane: ControlPlane, lease: Lease, signal: AbortSignal): Promise<void> {
  let latest: InstallProgress = { message: 'Beginning', progress: 0 };
  const renew = () => tell(plane, lease, latest);
  const onProgress = (progress: InstallProgress) => void (latest = progress);
  try {
    await renew();
    await whileRenewed({ everyMs: progressEveryMs, renew }, () =>
      plane.runtimes.install(lease.version, { onProgress, signal }),
    );
    await settle(plane, lease, { phase: 'installed', message: 'Installed', failures: 0, retryInMs: 0 });
  } catch (error) {
    if (signal.aborted) return release(plane, lease);
    const failures = lease.failures + 1;
    const message = error instanceof Error ? error.message : String(error);
    await settle(plane, lease, {
      phase: 'failed',
      message,
      failures,
      retryInMs: backOffMs(failures + 3, Math.random()),
    });
  }
}

/** Progress and lease in one write; nothing once another worker has it. */
async function tell(plane: ControlPlane, lease: Lease, { message, progress }: InstallProgress): Promise<undefined> {
  await keep(plane, (tx) =>
    ours(tx, lease)
      .set({ phase: 'installing', message, progress: Math.min(1, Math.max(0, progress)), leasedUntil: leaseEnd })
      .execute(),
  );
}

type Settled = { phase: 'installed' | 'failed'; message: string; failures: number; retryInMs: number };

async function settle(
  plane: ControlPlane,
  lease: Lease,
  { phase, message, failures, retryInMs }: Settled,
): Promise<void> {
  await change(plane, { workspaceId: 'all', job: 'install-runtimes' }, async ({ tx, record }) => {
    const written = await ours(tx, lease)
      .set({
        phase,
        message,
        failures,
        progress: null,
        since: sql<Date>`now()`,
        ...free,
        reconcileAt: sql<Date>`now() + make_interval(secs => ${retryInMs / 1000})`,
      })
      .returning('version')
      .executeTakeFirst();
    if (!written) throw new Error(`The installation of ${lease.version} has passed to another worker`);
    // Bots that wait for it are looked at now.
    await tx
      .updateTable('bot')
      .set({ reconcileAt: sql<Date>`now()` })
      .where(sql<boolean>`spec->>'runtimeVersion' = ${lease.version}`)
      .where('removedAt', 'is', null)
      .execute();
    await record({
      type: 'runtime-phase-changed',
      subjectName: lease.version,
      detail: { version: lease.version, phase, message },
    });
  });
}

async function release(plane: ControlPlane, lease: Lease): Promise<void> {
  await keep(plane, (tx) => ours(tx, lease).set(free).execute());
}

function ours(tx: Tx, { version, epoch }: Lease) {
  return tx.updateTable('runtime').where('version', '=', version).where('epoch', '=', epoch);
}
