import { violates } from '@clawster/database/violation';
import { sql } from 'kysely';
import { change, keep } from '../change.ts';
import { isFree, leaseEnd, taken, whileRenewed } from '../loops/lease.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { carryOutScan, end, type HeldScan } from './carry-out-scan.ts';
import { usualEveryHours } from './scan-schedule.ts';

const job = 'scan-secrets';
const renewEveryMs = 10_000;

/** Begins the scans that are due, and carries out those that were asked for, one after the other. */
export async function scanSecrets(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  for (const workspaceId of await systemQuery(plane, dueWorkspaces)) await ask(plane, workspaceId);
  while (!signal.aborted) {
    const scan = await lease(plane);
    if (!scan) return;
    await carryOut(plane, scan, signal);
  }
}

/** Those last looked through longer ago than they want; of a workspace that never was, since it was made. */
async function dueWorkspaces(tx: Parameters<Parameters<typeof systemQuery>[1]>[0]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select workspace.id from workspace left join scan_schedule on scan_schedule.workspace_id = workspace.id
    where (scan_schedule.workspace_id is null or scan_schedule.every_hours is not null)
      and greatest(workspace.created_at, (select max(asked_at) from scan where scan.workspace_id = workspace.id))
        < now() - make_interval(hours => coalesce(scan_schedule.every_hours, ${usualEveryHours}))
      and not exists (select from scan where scan.workspace_id = workspace.id and ended_at is null)
    limit 100`.execute(tx);
  return rows.map(({ id }) => id);
}

async function ask(plane: ControlPlane, workspaceId: string): Promise<void> {
  await change(plane, { workspaceId, job }, async ({ tx, record }) => {
    const { id } = await tx
      .insertInto('scan')
      .values({ workspaceId, author: { kind: 'system', job } })
      .returning('id')
      .executeTakeFirstOrThrow();
    await record({ type: 'scan-started', subjectId: id, detail: { deep: false } });
  }).catch((error: unknown) => {
    // Another replica, or a person, was first.
    if (!violates(error, 'scan_open')) throw error;
  });
}

function lease(plane: ControlPlane): Promise<HeldScan | undefined> {
  return keep(plane, async (tx) => {
    const row = await tx
      .updateTable('scan')
      .set({ ...taken(plane), phase: 'running', startedAt: sql<Date>`coalesce(started_at, now())` })
      .where('id', '=', (query) =>
        query
          .selectFrom('scan')
          .select('id')
          .where('endedAt', 'is', null)
          .where(isFree)
          .orderBy('askedAt')
          .limit(1)
          .forUpdate()
          .skipLocked(),
      )
      .returning(['id', 'workspaceId', 'deep', 'epoch'])
      .executeTakeFirst();
    return row && { ...row, epoch: String(row.epoch) };
  });
}

async function carryOut(plane: ControlPlane, scan: HeldScan, stop: AbortSignal): Promise<void> {
  try {
    await whileRenewed({ everyMs: renewEveryMs, renew: () => renew(plane, scan) }, (lost) =>
      carryOutScan(plane, scan, AbortSignal.any([stop, lost])),
    );
  } catch (error) {
    // Whoever leases it next begins it anew.
    if (stop.aborted || (await renew(plane, scan))) return;
    plane.log('error', 'A scan for secrets failed', { error: error instanceof Error ? error.message : String(error) });
    await end(plane, scan, { phase: 'failed', reason: 'It broke off: see the log of the server, and scan again' });
  }
}

/** Says once more that this replica is at it; returns why it is not, when it was taken by another. */
async function renew(plane: ControlPlane, { id, epoch }: HeldScan): Promise<Error | undefined> {
  const renewed = await keep(plane, (tx) =>
    tx
      .updateTable('scan')
      .set({ leasedUntil: leaseEnd })
      .where('id', '=', id)
      .where('epoch', '=', Number(epoch))
      .where('endedAt', 'is', null)
      .returning('id')
      .executeTakeFirst(),
  );
  return renewed ? undefined : new Error('Another replica has gone on with the scan');
}
